namespace PostPurchase.Recommend.Persistence;

/// <summary>Writes a model file whole or not at all, and opens one for reading. The layout is in FORMAT.md.</summary>
internal static class ModelFile
{
    public const int Version = 1;
    public const int LeastReadableVersion = 1;
    public const int HeadLength = 16;
    public const int FootLength = 52;

    public static ReadOnlySpan<byte> StartMark => "PPRMODEL"u8;

    public static ReadOnlySpan<byte> EndMark => "PPRMDEND"u8;

    public static void Save(string path, Action<ModelFileWriter> write)
    {
        var target = Path.GetFullPath(path);
        var partial = Path.Combine(Path.GetDirectoryName(target) ?? ".", $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                var writer = new ModelFileWriter(stream);
                write(writer);
                writer.Finish();
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    public static T Load<T>(string path, Func<ModelFileReader, T> read)
    {
        // A deploy may put the next model in its place meanwhile.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
        return read(new ModelFileReader(stream));
    }
}
