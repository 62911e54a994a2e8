using System.CommandLine.Parsing;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Checks the names of files that arguments give; whether there are such files is found out where they are opened.</summary>
internal static class FileNames
{
    /// <summary>Refuses the empty name, which a script gives whose variable is not set.</summary>
    public static void Check(SymbolResult result)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{NameOf(result)} names a file, and the name is empty.");
    }

    /// <summary>Checks the name of a file that is read beside the log, for which standard input is kept.</summary>
    public static void CheckInput(SymbolResult result)
    {
        Check(result);
        if (result.Tokens.Any(token => token.Value == "-"))
            result.AddError($"{NameOf(result)} - is no file; only a log is read from standard input, and a file of that name is ./-.");
    }

    private static string NameOf(SymbolResult result) => result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;
}
