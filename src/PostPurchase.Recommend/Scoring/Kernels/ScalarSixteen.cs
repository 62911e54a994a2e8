using System.Runtime.CompilerServices;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>The specification: one lane after the other, without any vector instruction.</summary>
[InlineArray(Lanes)]
internal struct ScalarSixteen : ISixteenFloats<ScalarSixteen>
{
    private const int Lanes = 16;
    private float _lane;

    public static ScalarSixteen Broadcast(float value)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = value;
        return result;
    }

    public static ScalarSixteen Load(ref readonly float source)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return result;
    }

    public static void Store(ScalarSixteen value, ref float destination)
    {
        for (var i = 0; i < Lanes; i++)
            Unsafe.Add(ref destination, i) = value[i];
    }

    public static ScalarSixteen MultiplyAdd(ScalarSixteen left, ScalarSixteen right, ScalarSixteen addend)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = MathF.FusedMultiplyAdd(left[i], right[i], addend[i]);
        return result;
    }

    public static ScalarSixteen Add(ScalarSixteen left, ScalarSixteen right)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = left[i] + right[i];
        return result;
    }

    public static ScalarSixteen Multiply(ScalarSixteen left, ScalarSixteen right)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = left[i] * right[i];
        return result;
    }

    public static ScalarSixteen Divide(ScalarSixteen left, ScalarSixteen right)
    {
        ScalarSixteen result = default;
        for (var i = 0; i < Lanes; i++)
            result[i] = left[i] / right[i];
        return result;
    }

    public static float Sum(ScalarSixteen value)
    {
        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
                value[i] += value[i + half];
        }

        return value[0];
    }

    public static uint GreaterMask(ScalarSixteen value, ScalarSixteen threshold)
    {
        var mask = 0u;
        for (var i = 0; i < Lanes; i++)
            mask |= value[i] > threshold[i] ? 1u << i : 0;
        return mask;
    }
}
