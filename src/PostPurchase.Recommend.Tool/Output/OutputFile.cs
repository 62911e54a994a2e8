using System.Text;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>A result file that is there whole or not at all: written beside its place and moved there when complete.</summary>
internal static class OutputFile
{
    private const string StandardOutput = "-";
    private const string Discard = "/dev/null";

    /// <summary>
    /// Finds out before long work whether every result could be written, and that none would take the place of what is read or of another result.
    /// </summary>
    /// <param name="results">The files to write; <see langword="null"/> stands for one that is not wanted.</param>
    /// <param name="inputs">The files that are read; <see langword="null"/> stands for one that was not given.</param>
    public static void Check(IReadOnlyList<string?> results, IEnumerable<string?> inputs)
    {
        var taken = inputs.OfType<string>().Where(path => !IsDevice(path)).Select(Linked).ToHashSet(StringComparer.Ordinal);
        HashSet<string> written = [];
        foreach (var path in results.OfType<string>())
        {
            Check(path);
            var place = path == StandardOutput || IsDevice(path) ? path : TargetOf(path);
            if (taken.Contains(place))
                throw new BadInputException($"{path}: the file is read, and writing to it would destroy it");
            if (!written.Add(place) && place != Discard)
                throw new BadInputException($"{path}: two results cannot be written to one file");
        }
    }

    /// <summary>Finds out before long work whether the file could be written.</summary>
    public static void Check(string path)
    {
        if (path == StandardOutput || IsDevice(path))
            return;
        var target = TargetOf(path);
        var probe = TemporaryName(target);
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
            }

            File.Delete(probe);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, cause);
        }
    }

    /// <summary>Writes text in UTF-8; <c>-</c> is standard output.</summary>
    public static void WriteText(string path, ToolConsole console, Action<TextWriter> write, CancellationToken cancellation)
    {
        if (path == StandardOutput)
        {
            write(console.Output);
            console.Output.Flush();
            return;
        }

        WriteBytes(
            path,
            stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
                write(writer);
            },
            cancellation);
    }

    /// <summary>Writes bytes; a file whose writing was cancelled does not appear.</summary>
    public static void WriteBytes(string path, Action<Stream> write, CancellationToken cancellation)
    {
        if (IsDevice(path))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        var target = TargetOf(path);
        var temporary = TemporaryName(target);
        try
        {
            using (var stream = Create(path, temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            cancellation.ThrowIfCancellationRequested();
            File.Move(temporary, target, overwrite: true);
        }
        catch (IOException cause) when (cause is not (MalformedInputException or ModelFormatException))
        {
            File.Delete(temporary);
            throw Unwritable(path, cause);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string path, string temporary)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, cause);
        }
    }

    // Replacing a link would leave the file it points to as it was; a device must never be replaced.
    private static string TargetOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new BadInputException($"{path}: it is a folder, not a file");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new BadInputException($"{path}: the folder does not exist");
        return Linked(full);
    }

    private static string Linked(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    private static string TemporaryName(string target) => $"{target}.{Guid.NewGuid():N}.tmp";

    private static BadInputException Unwritable(string path, Exception cause) => new($"{path}: the file cannot be written: {cause.Message}", cause);
}
