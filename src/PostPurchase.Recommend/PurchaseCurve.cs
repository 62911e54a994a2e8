namespace PostPurchase.Recommend;

/// <summary>
/// The probability that a purchase has happened by a time, as knots of (days ahead, probability) that rise from (0, 0).
/// Between knots the hazard is constant (survival falls exponentially); after the last knot the curve stays where it is.
/// </summary>
internal sealed class PurchaseCurve
{
    private readonly float[] _days;
    private readonly float[] _probability;

    /// <summary>Takes ownership of the knots.</summary>
    /// <param name="days">Strictly ascending and above zero.</param>
    /// <param name="probability">Never descending, from 0 to 1.</param>
    public PurchaseCurve(float[] days, float[] probability)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(days.Length, probability.Length);
        ArgumentOutOfRangeException.ThrowIfZero(days.Length);
        for (var i = 0; i < days.Length; i++)
        {
            var before = i == 0 ? 0 : days[i - 1];
            var below = i == 0 ? 0 : probability[i - 1];
            if (!(days[i] > before && float.IsFinite(days[i])) || !(probability[i] >= below && probability[i] <= 1))
                throw new ArgumentException($"Knot {i} is ({days[i]}, {probability[i]}) after ({before}, {below}).", nameof(days));
        }

        _days = days;
        _probability = probability;
    }

    public double Limit => _probability[^1];

    public double At(double days)
    {
        if (days <= 0)
            return 0;
        var i = Array.BinarySearch(_days, (float)days);
        if (i >= 0)
            return _probability[i];
        i = ~i;
        if (i == _days.Length)
            return Limit;
        var (fromDay, fromP) = i == 0 ? (0.0, 0.0) : (_days[i - 1], _probability[i - 1]);
        if (fromP >= 1)
            return 1;
        var share = (days - fromDay) / (_days[i] - fromDay);
        var survival = (1.0 - _probability[i]) / (1.0 - fromP);
        return survival > 0
            ? 1 - ((1.0 - fromP) * Math.Pow(survival, share))
            : fromP + ((_probability[i] - fromP) * share);
    }

    /// <summary>
    /// The lower of two curves with the same knots. Between knots, where survival falls exponentially, it lies at or below both; the curve itself
    /// where the other is nowhere lower.
    /// </summary>
    public PurchaseCurve AtMost(PurchaseCurve other)
    {
        if (!_days.AsSpan().SequenceEqual(other._days))
            throw new ArgumentException("The knots differ.", nameof(other));
        float[]? lower = null;
        for (var i = 0; i < _days.Length; i++)
        {
            if (other._probability[i] < _probability[i])
                (lower ??= (float[])_probability.Clone())[i] = other._probability[i];
        }

        return lower is null ? this : new PurchaseCurve(_days, lower);
    }

    /// <summary>The time by which the given share, from 0 to 1, of the purchases that do happen has happened.</summary>
    public double Quantile(double share)
    {
        var target = share * Limit;
        if (target <= 0)
            return 0;
        var i = 0;
        // A share that rounding has pushed past one ends at the last knot.
        while (i < _probability.Length - 1 && _probability[i] < target)
            i++;
        var (fromDay, fromP) = i == 0 ? (0.0, 0.0) : (_days[i - 1], _probability[i - 1]);
        var survival = (1.0 - _probability[i]) / (1.0 - fromP);
        var part = survival > 0
            ? Math.Log((1 - target) / (1 - fromP)) / Math.Log(survival)
            : (target - fromP) / (_probability[i] - fromP);
        return fromDay + (Math.Clamp(part, 0, 1) * (_days[i] - fromDay));
    }
}
