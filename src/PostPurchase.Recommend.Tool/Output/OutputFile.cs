using System.Text;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>A result file that is there whole or not at all: written beside its place and moved there when complete.</summary>
internal static class OutputFile
{
    private const string StandardOutput = "-";

    /// <summary>
    /// Finds out before long work whether every result could be written, and that none would take the place of what is read or of another result.
    /// </summary>
    /// <param name="results">The files to write; <see langword="null"/> stands for one that is not wanted.</param>
    /// <param name="inputs">The files that are read; <see langword="null"/> stands for one that was not given.</param>
    public static void Check(IReadOnlyList<string?> results, IEnumerable<string?> inputs)
    {
        // Paths may differ and lead to one file: through links, of folders too, a mount, or upper and lower case.
        var taken = inputs.OfType<string>().Select(FileStatus.Of).Where(input => input.Kind == FileKind.Regular).Select(input => input.Identity).ToHashSet();
        HashSet<string> written = [];
        foreach (var path in results.OfType<string>())
        {
            Check(path);
            if (OutputTarget.Of(path).Identity is not { } identity)
                continue;
            if (taken.Contains(identity))
                throw new BadInputException($"{path}: the file is read, and writing to it would destroy it");
            if (!written.Add(identity))
                throw new BadInputException($"{path}: two results cannot be written to one file");
        }
    }

    /// <summary>Finds out before long work whether the file could be written.</summary>
    public static void Check(string path)
    {
        if (path == StandardOutput)
            return;
        var target = OutputTarget.Of(path);
        if (target.Descriptor is not null && target.Kind == FileKind.Missing)
            throw new BadInputException($"{path}: the descriptor is not open");
        if (target.Kind == FileKind.Folder)
            throw new BadInputException($"{path}: it is a folder, not a file");
        // A pipe would wait for its reader, and a device must never be replaced.
        if (target.Descriptor is not null || target.Kind == FileKind.Special)
            return;
        if (!Directory.Exists(Path.GetDirectoryName(target.Path)))
            throw new BadInputException($"{path}: the folder does not exist");
        var probe = TemporaryName(target.Path);
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
        var target = OutputTarget.Of(path);
        if (target.Descriptor is null && target.Kind != FileKind.Special)
            Replace(path, target.Path, write, cancellation);
        else
            Pass(path, target, write);
    }

    private static void Pass(string path, OutputTarget target, Action<Stream> write)
    {
        try
        {
            using var stream = target.Open();
            write(stream);
        }
        catch (Exception cause) when (IsOfOutput(cause))
        {
            throw Unwritable(path, cause);
        }
    }

    private static void Replace(string path, string target, Action<Stream> write, CancellationToken cancellation)
    {
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
        catch (Exception cause) when (IsOfOutput(cause))
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

    // What is read while a result is written may fail, too, and says so itself.
    private static bool IsOfOutput(Exception cause) =>
        cause is UnauthorizedAccessException || cause is IOException and not (MalformedInputException or ModelFormatException);

    private static string TemporaryName(string target) => $"{target}.{Guid.NewGuid():N}.tmp";

    private static BadInputException Unwritable(string path, Exception cause) => new($"{path}: the file cannot be written: {cause.Message}", cause);
}
