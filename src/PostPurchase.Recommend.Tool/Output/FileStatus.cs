using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Tool.Output;

/// <summary>What a path leads to, all links followed, and which file that is: one file may have many paths.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">The same for two paths if and only if they lead to one file; of no meaning for what is missing.</param>
internal readonly record struct FileStatus(FileKind Kind, string Identity)
{
    public static FileStatus Of(string path)
    {
        if (!OperatingSystem.IsWindows())
            return OfUnix(path);
        var kind = File.Exists(path) ? FileKind.Regular : Directory.Exists(path) ? FileKind.Folder : FileKind.Missing;
        return new FileStatus(kind, Path.GetFullPath(path).ToUpperInvariant());
    }

    private static FileStatus OfUnix(string path) => Stat(path, out var status) != 0
        ? new FileStatus(FileKind.Missing, "")
        : new FileStatus(
            (status.Mode & StatusOfRuntime.TypeMask) switch
            {
                StatusOfRuntime.RegularType => FileKind.Regular,
                StatusOfRuntime.FolderType => FileKind.Folder,
                _ => FileKind.Special,
            },
            FormattableString.Invariant($"{status.Device}:{status.Inode}"));

    // .NET tells pipes and devices from files nowhere; its own runtime asks with this function, which is the same on every Unix.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out StatusOfRuntime status);

    /// <summary>The parts of the runtime's structure that are of use; its size leaves room for more than it has.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatusOfRuntime
    {
        public const int TypeMask = 0xF000;
        public const int RegularType = 0x8000;
        public const int FolderType = 0x4000;

        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(88)]
        public long Device;

        [FieldOffset(104)]
        public long Inode;
    }
}
