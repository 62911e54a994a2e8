using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.MLNet.Storage;

/// <summary>
/// A model file as text. ML.NET lets components of other assemblies store nothing but a name, yet it stores its own lookup tables:
/// a table of one text carries the model, and every row receives a reference to that text.
/// </summary>
internal static class StoredText
{
    // A decoded model lives as long as the text it came from, and all cursors share it.
    private static readonly ConditionalWeakTable<string, ConcurrentDictionary<(int Start, int Length), Lazy<object>>> Decoded = [];

    public static string Of(Action<ModelFileWriter> write)
    {
        using var bytes = new MemoryStream();
        var writer = new ModelFileWriter(bytes);
        write(writer);
        writer.Finish();
        return Convert.ToBase64String(bytes.GetBuffer(), 0, checked((int)bytes.Length));
    }

    public static T Read<T>(ReadOnlyMemory<char> text, Func<ModelFileReader, T> read)
        where T : class
    {
        if (!MemoryMarshal.TryGetString(text, out var owner, out var start, out var length))
            return Decode(text.Span, read);
        var decoded = Decoded.GetOrAdd(owner, static _ => []);
        return (T)decoded.GetOrAdd((start, length), _ => new Lazy<object>(() => Decode(text.Span, read))).Value;
    }

    /// <summary>Whether the text is a model file with such a section.</summary>
    public static bool Holds(ReadOnlyMemory<char> text, string section) => Decode(text.Span, reader => reader.Has(section));

    private static T Decode<T>(ReadOnlySpan<char> text, Func<ModelFileReader, T> read)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (text.IsEmpty || !Convert.TryFromBase64Chars(text, bytes, out var length))
            throw new ModelFormatException("the ML.NET model holds no model of this library: its text is damaged");
        using var stream = new MemoryStream(bytes, 0, length, writable: false);
        return read(new ModelFileReader(stream));
    }
}
