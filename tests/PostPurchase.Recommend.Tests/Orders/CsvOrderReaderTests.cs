using System.Data;
using System.IO.Compression;
using System.Text;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Tests.Orders;

public sealed class CsvOrderReaderTests
{
    private const string Good = "customer_id,product_id,timestamp,quantity,unit_price,invoice_no\nann,soap,2024-03-01T09:30:00,2,1.5,1\nbob,\"tea, green\",2024-03-02,,,2\n";

    [Fact]
    public void Columns_are_found_by_name_and_aliases_in_any_case()
    {
        var history = Read("Item_ID;DATE;User_Id;Invoice_No\nsoap;2024-03-01 10:11;ann;1\nsoap;2024-03-01 10:11;ann;1\n");
        Assert.Equal([("ann", new DateOnly(2024, 3, 1), "soap", 1f)], PurchaseHistoryTests.Rows(history.Columns));
        Assert.Equal(1, history.Report.ExactDuplicates);
    }

    [Fact]
    public void Quotes_defaults_and_all_optional_columns_are_read()
    {
        var rows = PurchaseHistoryTests.Rows(Read(Good).Columns);
        Assert.Equal([("ann", new DateOnly(2024, 3, 1), "soap", 2f), ("bob", new DateOnly(2024, 3, 2), "tea, green", 1f)], rows);

        var columns = Read("customer_id,product_id,timestamp,delivered_at,category,event_type\nann,soap,2024-03-01,2024-03-04,wash,purchase\nann,soap,2024-03-02,,wash,VIEW\n").Columns;
        Assert.Equal(new DateOnly(2024, 3, 4).DayNumber, Assert.Single(columns.DeliveredDay));
        Assert.Equal("wash", Assert.Single(columns.Categories.List));
        Assert.Equal(1, columns.Interactions.Rows);
    }

    [Fact]
    public void Gzip_is_told_by_its_bytes_and_may_have_several_members()
    {
        var half = Good.IndexOf("bob", StringComparison.Ordinal);
        byte[] members = [.. Gzip(Good[..half]), .. Gzip(Good[half..])];
        Assert.Equal(2, Read(members).PurchaseCount);
        Assert.Equal(2, Read(Gzip(Good)).PurchaseCount);
    }

    [Fact]
    public void Gzip_cut_anywhere_is_noticed()
    {
        var whole = Gzip(string.Concat(Enumerable.Range(0, 200).Select(i => $"c{i},p{i * 7919 % 101},2024-03-01\n")).Insert(0, "customer_id,product_id,timestamp\n"));
        for (var length = 2; length < whole.Length; length++)
        {
            var thrown = Assert.Throws<MalformedInputException>(() => Read(whole[..length]));
            Assert.Contains("gzip", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("customer_id,product_id,timestamp\n", "no lines")]
    [InlineData("customer_id,price\na,b\n", "'product_id' and 'timestamp' missing; found 'customer_id', 'price'")]
    [InlineData("customer_id,product_id,timestamp,customer_id\na,b,2024-01-01,c\n", "'customer_id' appears twice")]
    [InlineData("customer_id,product_id,timestamp\na,b,2024-01-01\na,b\n", "line 3: 2 columns where at least 3 are needed")]
    [InlineData("customer_id,product_id,timestamp\na,b,2024-02-30\n", "line 2: timestamp '2024-02-30'")]
    [InlineData("customer_id,product_id,timestamp\na,b,31.12.2024\n", "line 2: timestamp '31.12.2024'")]
    [InlineData("customer_id,product_id,timestamp,quantity\na,b,2024-01-01,NaN\n", "line 2: quantity 'NaN'")]
    [InlineData("customer_id,product_id,timestamp,quantity\na,b,2024-01-01,1e400\n", "line 2: quantity '1e400'")]
    [InlineData("customer_id,product_id,timestamp,quantity\na,b,2024-01-01,two\n", "line 2: quantity 'two'")]
    [InlineData("customer_id,product_id,timestamp,pack_size\na,b,2024-01-01,large\n", "line 2: pack_size 'large'")]
    [InlineData("customer_id,product_id,timestamp,pack_size\na,b,2024-01-01,0\n", "line 2: pack size 0 is no number from 0.000001 to 1000000000")]
    [InlineData("customer_id,product_id,timestamp,pack_size\na,b,2024-01-01,-2\n", "line 2: pack size -2")]
    [InlineData("customer_id,product_id,timestamp,pack_size\na,b,2024-01-01,2e9\n", "line 2: pack size 2000000000")]
    [InlineData("customer_id,product_id,timestamp,unit_price\na,b,2024-01-01,-Infinity\n", "line 2: unit_price '-Infinity'")]
    [InlineData("customer_id,product_id,timestamp,delivered_at\na,b,2024-01-01,soon\n", "line 2: delivered_at 'soon'")]
    [InlineData("customer_id,product_id,timestamp,event_type\na,b,2024-01-01,sneeze\n", "line 2: event_type 'sneeze'")]
    public void Bad_input_gives_one_line_that_names_source_line_and_reason(string csv, string expected)
    {
        var thrown = Assert.Throws<MalformedInputException>(() => Read(csv));
        Assert.StartsWith("orders.csv", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void Malformed_lines_can_be_left_out_and_reported()
    {
        var history = Read(Encoding.UTF8.GetBytes("customer_id,product_id,timestamp\na,b,2024-01-01\na,b,no\na,c,2024-01-02\n"), new IngestOptions());
        Assert.Equal(2, history.PurchaseCount);
        var sample = Assert.Single(history.Report.RejectedSamples);
        Assert.Equal((3L, RejectionReason.Malformed), (sample.LineNumber, sample.Reason));
    }

    [Fact]
    public void Line_numbers_count_line_breaks_inside_quotes_and_empty_lines()
    {
        var thrown = Assert.Throws<MalformedInputException>(() =>
            Read("customer_id,product_id,timestamp,note\na,b,2024-01-01,\"two\nlines\"\n\na,b,no,x\n"));
        Assert.Equal(5, thrown.LineNumber);
    }

    [Theory]
    [InlineData("", "a field starts with a quote that is never closed")]
    [InlineData("a,c,2024-01-03,\"13 inch\n", "a field starts with a quote that is closed lines below, inside another field")]
    public void A_quote_that_swallows_lines_is_refused_even_where_malformed_lines_are_left_out(string rest, string reason)
    {
        var csv = "customer_id,product_id,timestamp,note\na,b,2024-01-01,x\na,b,2024-01-02,\"12 inch\na,c,2024-01-02,x\n" + rest;
        var thrown = Assert.Throws<MalformedInputException>(() => Read(Encoding.UTF8.GetBytes(csv), new IngestOptions()));
        Assert.Equal((3L, reason), (thrown.LineNumber, thrown.Reason));
    }

    [Fact]
    public void Quotes_that_swallow_nothing_are_text()
    {
        var history = Read("customer_id,product_id,timestamp,note\na,12\" pipe,2024-01-01,\"two\nlines\"\na,\"b\"c,2024-01-02,x\n");
        Assert.Equal(["12\" pipe", "bc"], history.ProductIds);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_refused()
    {
        var thrown = Assert.Throws<MalformedInputException>(() => Read(
            "customer_id,product_id,timestamp\na,b,2024-01-01\na," + new string('x', 10 << 20) + ",2024-01-01\n"));
        Assert.Equal(3, thrown.LineNumber);
        Assert.True(thrown.Message.Length < 200);
    }

    [Fact]
    public void Text_that_is_no_utf8_is_refused_with_its_line()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("customer_id,product_id,timestamp\na,b,2024-01-01\nJosé,b,2024-01-01\n");
        var thrown = Assert.Throws<MalformedInputException>(() => Read(latin1));
        Assert.Equal((3L, "the text is not UTF-8"), (thrown.LineNumber, thrown.Reason));
    }

    [Fact]
    public void Utf16_with_a_byte_order_mark_is_read()
    {
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("customer_id,product_id,timestamp\nJosé,b,2024-01-01\n")];
        Assert.Equal("José", Assert.Single(Read(utf16).CustomerIds));
    }

    [Fact]
    public void A_pipe_is_read_plain_and_gzipped_in_pieces_of_any_size()
    {
        var expected = Read(Good).PurchaseCount;
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(Good), Gzip(Good)])
        {
            using var pipe = new Pipe(bytes);
            Assert.Equal(expected, PurchaseHistory.FromCsv(pipe, "pipe").PurchaseCount);
        }

        foreach (var start in (byte[][])[[], [0x1F], [0x1F, 0x8B]])
        {
            using var pipe = new Pipe(start);
            Assert.Throws<MalformedInputException>(() => PurchaseHistory.FromCsv(pipe, "pipe"));
        }
    }

    [Fact]
    public void Damaged_gzip_is_refused()
    {
        var bytes = Gzip(string.Concat(Enumerable.Repeat(Good, 50)));
        bytes[bytes.Length / 2] ^= 0xFF;
        Assert.Contains("gzip", Assert.Throws<MalformedInputException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_by_name()
    {
        Assert.Equal("nowhere.csv: the file does not exist", Assert.Throws<MalformedInputException>(() => PurchaseHistory.FromCsv("nowhere.csv")).Message);
        Assert.StartsWith(Path.GetTempPath(), Assert.Throws<MalformedInputException>(() => PurchaseHistory.FromCsv(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_timestamps_only_uses_that_need_none_can_read()
    {
        var csv = Encoding.UTF8.GetBytes("user_id,item_id\n1,7\n1,7\n2,8\n");
        Assert.Throws<MalformedInputException>(() => Read(csv));
        Assert.Equal([2f, 1f], Read(csv, new IngestOptions { TimestampRequired = false }).Columns.Quantity);
    }

    [Fact]
    public void A_database_reader_gives_the_same_history_as_the_file()
    {
        using var table = new DataTable();
        table.Columns.Add("Customer_Id", typeof(string));
        table.Columns.Add("product_id", typeof(int));
        table.Columns.Add("timestamp", typeof(DateTime));
        table.Columns.Add("quantity", typeof(decimal));
        table.Rows.Add("ann", 7, new DateTime(2024, 3, 1, 1, 2, 3), 2.5m);
        table.Rows.Add("bob", 8, new DateTime(2024, 3, 2), DBNull.Value);
        using var reader = table.CreateDataReader();
        var history = PurchaseHistory.FromDatabase(reader);
        Assert.Equal([("ann", new DateOnly(2024, 3, 1), "7", 2.5f), ("bob", new DateOnly(2024, 3, 2), "8", 1f)], PurchaseHistoryTests.Rows(history.Columns));
    }

    [Fact]
    public void Of_lines_on_or_after_until_only_the_date_is_looked_at()
    {
        const string Header = "timestamp,customer_id,product_id,quantity,unit_price,pack_size,delivered_at,event_type";
        string[] later =
        [
            "2024-03-09,ann,soap,many,,,,", "2024-03-09,ann,soap,,dear,,,", "2024-03-09,ann,soap,,,0,,", "2024-03-09,ann,soap,,,,soon,", "2024-03-09,ann,soap,,,,,stolen",
            "2024-03-10,,,1e99,,,,", "2024-03-10,\"ann\",soap", "2024-03-09",
        ];
        var options = new IngestOptions { Until = new DateOnly(2024, 3, 9), MalformedLines = MalformedLines.Throw };
        using var table = new DataTable();
        foreach (var name in Header.Split(','))
            table.Columns.Add(name, typeof(string));
        table.Rows.Add("2024-03-08,ann,soap,2,,,,".Split(','));
        foreach (var line in later)
            table.Rows.Add(line.Split(','));
        using var reader = table.CreateDataReader();
        foreach (var history in new[] { Read(Encoding.UTF8.GetBytes($"{Header}\n2024-03-08,ann,soap,2,,,,\n{string.Join('\n', later)}\n"), options), PurchaseHistory.FromDatabase(reader, options) })
        {
            Assert.Equal(2f, Assert.Single(history.Columns.Quantity));
            Assert.Equal(later.Length, history.Report.RejectedByReason[RejectionReason.OutsideRange]);
            Assert.Equal(later.Length, history.Report.Rejected);
        }

        // The last day that is read is looked at as ever, and what has no date is of no day.
        foreach (var line in new[] { "2024-03-08,ann,soap,many,,,,", "2024-03-08,ann", "someday,ann,soap,,,,," })
            Assert.Throws<MalformedInputException>(() => Read(Encoding.UTF8.GetBytes($"{Header}\n{line}\n"), options));
    }

    [Fact]
    public void Cancellation_stops_the_reading()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var csv = "customer_id,product_id,timestamp\n" + string.Concat(Enumerable.Repeat("a,b,2024-01-01\n", 40_000));
        Assert.Throws<OperationCanceledException>(() => Read(Encoding.UTF8.GetBytes(csv), new IngestOptions { Cancellation = source.Token }));
    }

    [Theory]
    [InlineData("2024-03-01", 0)]
    [InlineData("2024-03-01T23:59:58", 86398)]
    [InlineData("2024-03-01 07:05", 25500)]
    [InlineData("2024-03-01T07:05:00.123", 25500)]
    [InlineData("2024-03-01T23:30:00+05:00", 84600)]
    [InlineData("2024-03-01T23:30:00Z", 84600)]
    public void Timestamps_keep_the_day_of_the_shop(string text, int second)
    {
        Assert.True(TimestampText.TryParse(text, out var at));
        Assert.Equal(new DateTime(2024, 3, 1), at.Date);
        Assert.Equal(second, (int)at.TimeOfDay.TotalSeconds);
    }

    [Theory]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("0000-01-01")]
    [InlineData("2024-03-01T24:00:00")]
    [InlineData("2024-03-01X10:00:00")]
    [InlineData("2024/03/01")]
    [InlineData("01-03-2024")]
    [InlineData("")]
    public void Other_texts_are_no_timestamps(string text) => Assert.False(TimestampText.TryParse(text, out _));

    /// <summary>Gives a byte at a time and cannot go back.</summary>
    private sealed class Pipe(byte[] bytes) : ForwardStream
    {
        private int _given;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            if (_given == bytes.Length || buffer.IsEmpty)
                return 0;
            buffer[0] = bytes[_given++];
            return 1;
        }
    }

    private static PurchaseHistory Read(string csv) => Read(Encoding.UTF8.GetBytes(csv));

    private static PurchaseHistory Read(byte[] bytes) => Read(bytes, new IngestOptions { MalformedLines = MalformedLines.Throw });

    private static PurchaseHistory Read(byte[] bytes, IngestOptions options)
    {
        using var stream = new MemoryStream(bytes);
        return PurchaseHistory.FromCsv(stream, "orders.csv", options);
    }

    private static byte[] Gzip(string text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
