using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Tests.Persistence;

/// <summary>A file that cannot be read says what is wrong with it.</summary>
public sealed class DamageMessageTests
{
    [Theory]
    [InlineData(0, "does not start as one")]
    [InlineData(16, "the checksum of section 'a' does not match")]
    [InlineData(24, "the checksum of section 'b' does not match")]
    [InlineData(-1, "cut short: its end is missing")]
    [InlineData(-44, "its section table is not where it should be")]
    [InlineData(-52, "its section table is not where it should be")]
    [InlineData(-53, "the checksum of its section table does not match")]
    public void Each_part_of_a_file_is_named_when_it_is_damaged(int place, string message)
    {
        var bytes = TwoSections();
        bytes[place < 0 ? bytes.Length + place : place] ^= 1;
        Assert.Contains(message, Refused(() => ReadBoth(bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_says_its_version_and_the_least_that_can_read_it()
    {
        var bytes = TwoSections();
        Assert.Equal((1, 1), (BitConverter.ToInt32(bytes, 8), BitConverter.ToInt32(bytes, 12)));
        ReadBoth(bytes);
        Assert.Contains("only 67 bytes long", Refused(() => ReadBoth(bytes[..67])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_is_written_once_and_looked_for_by_name()
    {
        var writer = new ModelFileWriter(new MemoryStream());
        writer.Section("a", section => section.Write(1));
        Assert.Contains("'a'", Assert.Throws<InvalidOperationException>(() => writer.Section("a", section => section.Write(1))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "has no section 'c'", Refused(() => new ModelFileReader(new MemoryStream(TwoSections())).Section("c", reader => reader.ReadInt32())), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_cannot_be_are_named()
    {
        Check("2 is no truth value", writer => writer.Write(2), reader => reader.ReadBoolean());
        Check("a text is no UTF-8", writer => writer.WriteArray<byte>([0xff]), reader => reader.ReadString());
        Check("an array holds 2 values where 3 belong", writer => writer.WriteArray<int>([1, 2]), reader => reader.ReadArray<int>(3));
        Check("NaN is no finite number", writer => writer.WriteArray<float>([1, float.NaN]), reader => reader.ReadFiniteFloats());
        Check("a length of 4 does not fit", writer => writer.WriteArray<byte>([1, 2, 3, 4]), reader => reader.ReadArray<int>());
        Check("a length of -1 does not fit", writer => writer.Write(-1), reader => reader.ReadStrings());
        Check("it ends too early", writer => writer.Write(1), reader => reader.ReadInt64());
        Check("it ends too early", writer => writer.Write(1), reader => reader.ReadBytes(5));
        Check("4 bytes are left over", writer => writer.Write(1L), reader =>
        {
            reader.ReadInt32();
            reader.ExpectEnd();
        });
        Assert.Contains("ends inside section 's'", Refused(() => new SectionReader("s", new MemoryStream(new byte[3]), 4).ReadInt32()), StringComparison.Ordinal);
        Assert.Equal((false, true), Read(
            writer =>
            {
                writer.Write(false);
                writer.Write(true);
            },
            reader => (reader.ReadBoolean(), reader.ReadBoolean())));
        Assert.Equal([1.5f, -2], Read(writer => writer.WriteArray<float>([1.5f, -2]), reader => reader.ReadFiniteFloats(2)));

        static void Check(string message, Action<SectionWriter> write, Action<SectionReader> read) => Assert.Equal($"section 's' is damaged: {message}", Refused(() => Read(write, reader =>
        {
            read(reader);
            return 0;
        })));
    }

    private static T Read<T>(Action<SectionWriter> write, Func<SectionReader, T> read)
    {
        using var stream = new MemoryStream();
        write(new SectionWriter(stream));
        stream.Position = 0;
        return read(new SectionReader("s", stream, stream.Length));
    }

    private static string Refused(Action read) => Assert.Throws<ModelFormatException>(read).Message;

    private static byte[] TwoSections()
    {
        using var stream = new MemoryStream();
        var writer = new ModelFileWriter(stream);
        writer.Section("a", section => section.Write(1L));
        writer.Section("b", section => section.Write(2L));
        writer.Finish();
        return stream.ToArray();
    }

    private static void ReadBoth(byte[] bytes)
    {
        var reader = new ModelFileReader(new MemoryStream(bytes));
        Assert.Equal((1, 2), (reader.Section("a", section => section.ReadInt64()), reader.Section("b", section => section.ReadInt64())));
    }
}
