#pragma warning disable CA1051, CA1822, CA1052, CA2211, CA1812, CA1034, IDE0044, CA1002, CA1708
// Small types that break each rule of the architecture, to prove that the rules see it.
namespace PostPurchase.Recommend.Tests.Architecture.Fixtures.Nouns
{
    public sealed class Noun
    {
        public static object Hidden() => new Orders.Order();
    }

    public sealed class ByBodyOnly
    {
        public static Func<int> Later() => () => Orders.Order.Count();
    }

    public sealed class Innocent
    {
        public int Value { get; init; }
    }
}

namespace PostPurchase.Recommend.Tests.Architecture.Fixtures.Orders
{
    public sealed class Order
    {
        public Nouns.Noun? Subject { get; init; }

        public static int Count() => 1;
    }
}

namespace PostPurchase.Recommend.Tests.Architecture.Fixtures.Shapes
{
    public sealed class SettableOptions
    {
        public int Factors { get; set; }
    }

    public sealed class TrainsAndAnswers
    {
        public void Train()
        {
        }

        public void RecommendAll()
        {
        }
    }

    public sealed class ChangingModel
    {
        private int _calls;

        public int Call() => ++_calls;
    }

    public static class ChangingStatic
    {
        public static int Counter;
    }

    public class OpenClass
    {
        public int Value { get; init; }
    }

    public sealed class SymbolOptions
    {
        public double LambdaPrior { get; init; }

        public void Take(int k) => _ = k;
    }

    public sealed class Unrestrained
    {
        public static long Clock() => DateTime.UtcNow.Ticks;

        public static int Chance() => new Random(1).Next();

        public static void Talk() => Console.WriteLine();
    }
}
