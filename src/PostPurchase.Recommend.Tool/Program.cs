using PostPurchase.Recommend.Tool;

return await CommandLine.RunAsync(args, ToolConsole.OfProcess()).ConfigureAwait(false);
