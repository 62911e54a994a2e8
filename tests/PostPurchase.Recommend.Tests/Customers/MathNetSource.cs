using MathNet.Numerics.Random;

namespace PostPurchase.Recommend.Tests.Customers;

/// <summary>Lets MathNet's samplers draw from the generator whose sequence never changes.</summary>
internal sealed class MathNetSource(ulong seed) : RandomSource(threadSafe: false)
{
    private readonly SeededRandom _random = new(seed);

    protected override double DoSample() => _random.NextDouble();
}
