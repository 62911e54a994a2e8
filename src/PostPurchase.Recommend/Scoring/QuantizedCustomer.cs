namespace PostPurchase.Recommend.Scoring;

/// <summary>A customer's vector in eight-bit values, with the lengths that bound the scores; see <see cref="QuantizedItems"/>.</summary>
internal readonly ref struct QuantizedCustomer
{
    private const int Most = 127;

    public QuantizedCustomer(ReadOnlySpan<float> customer, Span<sbyte> values)
    {
        Values = values;
        var largest = 0f;
        foreach (var value in customer)
            largest = Math.Max(largest, Math.Abs(value));
        Step = largest / Most;
        values.Clear();
        double squares = 0, errors = 0, wholes = 0;
        var sum = 0;
        for (var k = 0; k < customer.Length; k++)
        {
            var whole = Step > 0 ? (int)Math.Clamp(MathF.Round(customer[k] / Step), -Most, Most) : 0;
            values[k] = (sbyte)whole;
            sum += whole;
            var error = customer[k] - ((double)Step * whole);
            squares += (double)customer[k] * customer[k];
            errors += error * error;
            wholes += (double)Step * whole * Step * whole;
        }

        Offset = -128 * sum;
        Length = MathF.BitIncrement((float)Math.Sqrt(squares));
        QuantizedLength = MathF.BitIncrement((float)Math.Sqrt(wholes));
        LengthWeight = MathF.BitIncrement((float)Math.Sqrt(errors)) + (QuantizedItems.Slack * Length);
    }

    /// <summary>The eight-bit values, filled up with zeros to whole quads.</summary>
    public ReadOnlySpan<sbyte> Values { get; }

    /// <summary>What one unit stands for.</summary>
    public float Step { get; }

    /// <summary>What the 128 added to every item value adds to a sum, negated.</summary>
    public int Offset { get; }

    public float Length { get; }

    /// <summary>The length of the eight-bit vector.</summary>
    public float QuantizedLength { get; }

    /// <summary>How much of an item's length its score may exceed the first pass's by, float roundings included.</summary>
    public float LengthWeight { get; }
}
