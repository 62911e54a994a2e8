using System.CommandLine;
using PostPurchase.Recommend.Tool.Input;

namespace PostPurchase.Recommend.Tool.Commands;

/// <summary>Options that mean the same in several commands.</summary>
internal static class CommonOptions
{
    public static Option<string> Model(string description) => new("--model")
    {
        Description = description,
        HelpName = "FILE",
        Required = true,
        Validators = { FileNames.Check },
    };

    public static Option<string> Output(string description) => new("--output")
    {
        Description = description,
        HelpName = "OUT.csv",
        Required = true,
        Validators = { FileNames.Check },
    };

    public static Option<string?> Json(string description) => new("--json")
    {
        Description = description,
        HelpName = "OUT.json",
        Validators = { FileNames.Check },
    };

    public static Option<DateOnly?> Date(string name, string description, bool required) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        Required = required,
        CustomParser = DateText.Parse,
    };
}
