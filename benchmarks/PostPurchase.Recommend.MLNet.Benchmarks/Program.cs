using PostPurchase.Recommend.MLNet.Benchmarks;

// Prints the tables of the adapter's README. Argument: the directory of the real logs; without it the simulated pairs only.
List<PairData> data = [PairData.Simulated()];
OneCustomer.Print(data[0], Console.Out);
if (args is [var logs, ..])
    data.Insert(0, PairData.Gowalla(logs));
SideBySide.Print(data, Console.Out);
