using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PostPurchase.Recommend.Tests.Persistence;

/// <summary>Takes a model file apart and puts one together by FORMAT.md alone, knowing nothing of the library's writer and reader.</summary>
internal static class ModelFileParts
{
    private const int FootLength = 52;
    private const int HashLength = 32;

    public static Dictionary<string, byte[]> Split(byte[] file)
    {
        var table = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(file.Length - FootLength));
        Dictionary<string, byte[]> sections = [];
        var at = table + 4;
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(table)); left > 0; left--)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
            var name = Encoding.UTF8.GetString(file, at + 4, length);
            at += 4 + length;
            var offset = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            sections.Add(name, file.AsSpan(offset, (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at + 8))).ToArray());
            at += 16 + HashLength;
        }

        return sections;
    }

    public static byte[] Join(IEnumerable<KeyValuePair<string, byte[]>> sections)
    {
        List<byte> file = [.. "PPRMODEL"u8, .. Number(1), .. Number(1)];
        byte[] head = [.. file];
        List<byte> table = [];
        var count = 0;
        foreach (var (name, content) in sections)
        {
            table.AddRange([.. Number(Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name), .. Number((long)file.Count), .. Number((long)content.Length)]);
            table.AddRange(SHA256.HashData(content));
            file.AddRange(content);
            count++;
        }

        table.InsertRange(0, Number(count));
        var start = (long)file.Count;
        file.AddRange(table);
        return [.. file, .. Number(start), .. Number(table.Count), .. SHA256.HashData([.. head, .. table]), .. "PPRMDEND"u8];
    }

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    private static byte[] Number(long value) => BitConverter.GetBytes(value);
}
