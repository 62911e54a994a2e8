using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Loads a model file, and names the file when it cannot be read.</summary>
internal static class ModelInput
{
    public static PostPurchaseModel Load(string path)
    {
        if (path == "-")
            throw new BadInputException("--model - is no file; only a log is read from standard input, and a file of that name is ./-.");
        try
        {
            return PostPurchaseModel.Load(path);
        }
        catch (ModelFormatException cause)
        {
            throw new MalformedInputException(path, 0, cause.Message, cause);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MalformedInputException(path, 0, "the file does not exist", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MalformedInputException(path, 0, $"the file cannot be read: {cause.Message}", cause);
        }
    }
}
