using System.Globalization;
using System.Text;

namespace PostPurchase.Recommend.Orders;

/// <summary>What a database gives as the value of a column.</summary>
internal static class DatabaseValue
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text that says the same as the value.</summary>
    /// <exception cref="DecoderFallbackException">Bytes that are no UTF-8 text.</exception>
    public static string TextOf(object value) => value switch
    {
        DBNull => "",
        string text => text,
        // Some databases hand out text as bytes.
        byte[] bytes => StrictUtf8.GetString(bytes),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
