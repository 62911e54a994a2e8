using System.Globalization;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class Utf8Tests
{
    [Fact]
    public void Numbers_are_what_the_framework_reads_or_left_to_it()
    {
        var random = new SeededRandom(4);
        const string units = "0123456789.-+e ";
        var taken = 0;
        for (var i = 0; i < 50_000; i++)
        {
            // Mostly digits, so that many of the texts are numbers.
            var text = string.Concat(Enumerable.Range(0, random.Next(18)).Select(_ => units[random.Next(random.Next(4) == 0 ? units.Length : 10)]));
            if (!Utf8Values.TryNumber(Encoding.ASCII.GetBytes(text), out var value))
                continue;
            taken++;
            Assert.Equal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), value);
        }

        Assert.True(taken > 10_000, $"only {taken} numbers were read");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-12.50", -12.5)]
    [InlineData(".5", .5)]
    [InlineData("5.", 5)]
    [InlineData("999999999999999", 999999999999999)]
    public void Usual_numbers_are_read(string text, double expected)
    {
        Assert.True(Utf8Values.TryNumber(Encoding.ASCII.GetBytes(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("1234567890123456")]
    public void Unusual_numbers_are_left_to_others(string text) => Assert.False(Utf8Values.TryNumber(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59:59")]
    [InlineData("2024-03-01 07:05:09")]
    public void Usual_timestamps_are_what_the_reader_of_text_says(string text)
    {
        Assert.True(Utf8Values.TryTimestamp(Encoding.ASCII.GetBytes(text), out var day, out var second));
        Assert.True(TimestampText.TryParse(text, out var expected));
        Assert.Equal((DateOnly.FromDateTime(expected).DayNumber, (int)expected.TimeOfDay.TotalSeconds), (day, second));
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-01-00")]
    [InlineData("20x4-01-01")]
    [InlineData("2024-01-0:")]
    [InlineData("2024/01/01")]
    [InlineData("2024-01-01T24:00:00")]
    [InlineData("2024-01-01T00:60:00")]
    [InlineData("2024-01-01T00:00:60")]
    [InlineData("2024-01-01X00:00:00")]
    [InlineData("2024-01-01T00:00:0")]
    [InlineData("2024-01-01T00-00:00")]
    [InlineData("2024-01-01T/0:00:00")]
    public void Unusual_timestamps_are_left_to_others(string text) => Assert.False(Utf8Values.TryTimestamp(Encoding.ASCII.GetBytes(text), out _, out _));

    [Fact]
    public void Ids_are_told_apart_by_every_byte_and_by_their_length()
    {
        var random = new SeededRandom(5);
        var ids = new Utf8Ids();
        Dictionary<string, int> expected = new(StringComparer.Ordinal);
        for (var i = 0; i < 100_000; i++)
        {
            // Two letters, one of them zero: padding must not make two ids the same.
            var id = string.Concat(Enumerable.Range(0, 1 + random.Next(i % 10 == 0 ? 60 : 16)).Select(_ => random.Next(2) == 0 ? '\0' : 'b'));
            var bytes = Encoding.ASCII.GetBytes(id);
            var isKnown = expected.TryGetValue(id, out var number);
            Assert.Equal(isKnown, ids.TryFind(bytes, out var found));
            Assert.Equal(number, found);
            if (isKnown)
                continue;
            expected.Add(id, i);
            ids.Add(bytes, i);
        }
    }

    [Fact]
    public void Empty_and_endless_ids_are_not_kept()
    {
        var ids = new Utf8Ids();
        foreach (var (length, isKept) in ((int, bool)[])[(0, false), (1, true), (Utf8Ids.LongestId, true), (Utf8Ids.LongestId + 1, false)])
        {
            ids.Add(new byte[length], length);
            Assert.Equal(isKept, ids.TryFind(new byte[length], out var number));
            Assert.Equal(isKept ? length : 0, number);
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("536365", true)]
    [InlineData("Bestellung 7", true)]
    public void Order_ids_hash_alike_as_text_and_as_bytes(string id, bool isNotEmpty)
    {
        Assert.Equal(isNotEmpty, OrderHash.Of(id) != 0);
        if (!isNotEmpty)
            return;
        Assert.True(OrderHash.TryOf(Encoding.UTF8.GetBytes(id), out var hash));
        Assert.Equal(OrderHash.Of(id), hash);
        Assert.False(OrderHash.TryOf("Stück"u8, out _));
    }
}
