using PostPurchase.Recommend.MLNet.Benchmarks;

// Prints the tables of the adapter's README. Argument: the directory of the real logs; without it the simulated pairs only.
OneCustomer.Print(Console.Out);
List<PairData> data = [PairData.Simulated()];
if (args is [var logs, ..])
    data.Insert(0, PairData.Gowalla(logs));
SideBySide.Print(data, Console.Out);
