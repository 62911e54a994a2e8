using System.Globalization;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>Where a result goes: to an open descriptor, to a pipe or device as it stands there, or to a file that is replaced whole.</summary>
internal sealed record OutputTarget
{
    private const string StandardOutput = "-";
    private const string Discard = "/dev/null";
    private const int MostLinks = 40;

    /// <summary>The path behind all links of the file itself: replacing a link would leave what it points to as it was.</summary>
    public required string Path { get; init; }

    /// <summary>The number of the open descriptor that is meant, if one is: a file behind it is the shell's, and is written to where it stands.</summary>
    public int? Descriptor { get; init; }

    /// <summary>What there is by now.</summary>
    public FileKind Kind { get; private init; }

    /// <summary>What no input and no other result may have, too; <see langword="null"/> where many results may go.</summary>
    public string? Identity { get; private init; }

    public static OutputTarget Of(string path)
    {
        if (path == StandardOutput)
            return OfDescriptor(1);
        var place = System.IO.Path.GetFullPath(path);
        var asked = FileStatus.Of(place);
        for (var links = 0; links < MostLinks; links++)
        {
            if (DescriptorOf(place) is { } descriptor)
                return OfDescriptor(descriptor);
            if (new FileInfo(place).LinkTarget is not { } next)
                break;
            place = System.IO.Path.GetFullPath(next, System.IO.Path.GetDirectoryName(place)!);
        }

        var found = FileStatus.Of(place);
        if (found != asked && asked.Kind != FileKind.Special)
            throw new BadInputException($"{path}: the link leads back through another link; name the file itself");
        return asked.Kind switch
        {
            FileKind.Missing => new OutputTarget { Path = place, Identity = $"{FileStatus.Of(FolderOf(place)).Identity}/{System.IO.Path.GetFileName(place)}" },
            FileKind.Special => new OutputTarget { Path = path, Kind = asked.Kind, Identity = place == Discard ? null : asked.Identity },
            _ => new OutputTarget { Path = place, Kind = asked.Kind, Identity = asked.Identity },
        };
    }

    /// <summary>Opens what is written to as it stands.</summary>
    public Stream Open() => Descriptor switch
    {
        1 => Console.OpenStandardOutput(),
        2 => Console.OpenStandardError(),
        { } number => new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(number, ownsHandle: false), FileAccess.Write),
        null => new FileStream(Path, FileMode.Open, FileAccess.Write),
    };

    private static OutputTarget OfDescriptor(int descriptor)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{descriptor}");
        var status = FileStatus.Of(path);
        return new OutputTarget
        {
            Path = path,
            Descriptor = descriptor,
            Kind = status.Kind,
            Identity = status.Kind == FileKind.Regular ? status.Identity : path,
        };
    }

    private static int? DescriptorOf(string path) =>
        !OperatingSystem.IsWindows()
        && (FolderOf(path) is "/dev/fd" or "/proc/self/fd" || FolderOf(path) == $"/proc/{Environment.ProcessId}/fd")
        && int.TryParse(System.IO.Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
            ? descriptor
            : null;

    private static string FolderOf(string path) => System.IO.Path.GetDirectoryName(path) ?? path;
}
