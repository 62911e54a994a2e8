namespace PostPurchase.Recommend.Tool.Output;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Missing,

    /// <summary>A file with bytes of its own, wherever it lies.</summary>
    Regular,

    Folder,

    /// <summary>A pipe, a device or a socket: what is written to it goes on to somebody else.</summary>
    Special,
}
