namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>
/// The one place that decides which kernel runs. The environment variable POSTPURCHASE_KERNEL (scalar, vector128, vector256 or
/// vector512) forces one; without it the widest that the hardware accelerates is taken.
/// </summary>
internal static class FloatKernels
{
    public const string Switch = "POSTPURCHASE_KERNEL";

    public static FloatKernel Scalar { get; } = new FloatKernelOf<ScalarSixteen>("scalar");

    public static FloatKernel Vector128 { get; } = new FloatKernelOf<Vector128Sixteen>("vector128");

    public static FloatKernel Vector256 { get; } = new FloatKernelOf<Vector256Sixteen>("vector256");

    public static FloatKernel Vector512 { get; } = new FloatKernelOf<Vector512Sixteen>("vector512");

    /// <summary>Every kernel, from the specification to the widest; those without hardware run in software, slowly and equally.</summary>
    public static IReadOnlyList<FloatKernel> All { get; } = [Scalar, Vector128, Vector256, Vector512];

    /// <summary>The kernel of this process.</summary>
    public static FloatKernel Best { get; } = Choose(Environment.GetEnvironmentVariable(Switch));

    internal static FloatKernel Choose(string? forced)
    {
        if (!string.IsNullOrEmpty(forced))
        {
            return All.FirstOrDefault(kernel => string.Equals(kernel.Name, forced, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"{Switch} is '{forced}' but must be one of {string.Join(", ", All.Select(kernel => kernel.Name))}.");
        }

        return System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? Vector512
            : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? Vector256
            : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? Vector128
            : Scalar;
    }
}
