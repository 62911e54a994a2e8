using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class TimestampTextTests
{
    private static readonly string[] Offsets = ["", "Z", " UTC", "UTC", "+00", "+02:00", "-0930", " +0000", "+14:00"];

    [Fact]
    public void Whatever_was_written_is_read_back_with_any_offset_left_aside() => Prop.ForAll<long, int>((ticks, form) =>
    {
        var written = new DateTime((ticks & long.MaxValue) % DateTime.MaxValue.Ticks);
        var digits = (form & int.MaxValue) % 8;
        var fraction = digits == 0 ? "" : "." + new string('f', digits);
        var offset = Offsets[(form & int.MaxValue) / 8 % Offsets.Length];
        var format = (form % 3) switch { 0 => "yyyy-MM-dd", 1 => "yyyy-MM-ddTHH:mm", _ => "yyyy-MM-dd HH:mm:ss" + fraction };
        var text = written.ToString(format, CultureInfo.InvariantCulture);
        var expected = DateTime.ParseExact(text, format, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Read(text + (text.Length == 10 ? "" : offset)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("2024-02-29 13:05:59.123456789", 1234567)]
    [InlineData("2024-02-29T13:05:59.1234567899999999999999Z", 1234567)]
    [InlineData("2024-02-29 13:05:59.5+00", 5000000)]
    [InlineData(" 2024-02-29 13:05:59.000000001 UTC ", 0)]
    public void Digits_finer_than_a_tick_are_left_out(string text, int ticks) =>
        Assert.Equal(new DateTime(2024, 2, 29, 13, 5, 59).AddTicks(ticks), Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-1-1")]
    [InlineData("01/02/2024")]
    [InlineData("2024-01-01Z")]
    [InlineData("2024-01-01X10:00")]
    [InlineData("2024-01-01 1:00")]
    [InlineData("2024-01-01 24:00")]
    [InlineData("2024-01-01 10:60")]
    [InlineData("2024-01-01 10:00:60")]
    [InlineData("2024-01-01 10:00:5")]
    [InlineData("2024-01-01 10:00:05.")]
    [InlineData("2024-01-01 10:00:05.1x")]
    [InlineData("2024-01-01 10:00:05,123")]
    [InlineData("2024-01-01 10:00:05+15:00")]
    [InlineData("2024-01-01 10:00:05+14:01")]
    [InlineData("2024-01-01 10:00:05+01:60")]
    [InlineData("2024-01-01 10:00:05+1")]
    [InlineData("2024-01-01 10:00:05+01;00")]
    [InlineData("2024-01-01 10:00:05 CET")]
    [InlineData("2024-01-01 10:00:05+ZZ")]
    [InlineData("2024-01-01    UTC")]
    public void What_is_no_timestamp_is_refused(string text) => Assert.False(TimestampText.TryParse(text, out _));

    private static DateTime Read(string text)
    {
        Assert.True(TimestampText.TryParse(text, out var timestamp), text);
        return timestamp;
    }
}
