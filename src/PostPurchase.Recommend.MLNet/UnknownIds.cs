namespace PostPurchase.Recommend.MLNet;

/// <summary>What a transformer does with a customer or product that was not there in training.</summary>
public enum UnknownIds
{
    /// <summary>Answers from what is known and says so in a column; never NaN.</summary>
    Answer = 0,

    /// <summary>Stops with an <see cref="InvalidOperationException"/> that names the id.</summary>
    Throw = 1,
}
