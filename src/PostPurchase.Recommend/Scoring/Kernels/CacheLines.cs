using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PostPurchase.Recommend.Scoring.Kernels;

/// <summary>Asks for memory before it is needed, where the machine can be asked; no result ever depends on it.</summary>
internal static class CacheLines
{
    private const int FloatsInLine = 16;
    private const int LineBytes = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(ref float first, int length)
    {
        if (!Sse.IsSupported)
            return;
        // The collector may move the array meanwhile: then the wrong line is fetched, which does no harm.
        for (var i = 0; i < length; i += FloatsInLine)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
    }

    /// <summary>Asks for the first lines of what will be read in a moment; a machine that reads on by itself asks for the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ReadOnlySpan<T> values, int mostLines)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        ref var first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        var end = Math.Min(values.Length * sizeof(T), mostLines * LineBytes);
        for (var i = 0; i < end; i += LineBytes)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
    }
}
