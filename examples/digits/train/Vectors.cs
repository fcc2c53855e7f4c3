using System.Numerics;

namespace Digits.Train;

/// <summary>The two loops that the training spends its time in.</summary>
internal static class Vectors
{
    public static float Dot(float[] left, float[] right)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(left, i) * new Vector<float>(right, i);
        }

        var total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }

    /// <summary><c>target = target * keep + source * factor</c></summary>
    public static void Blend(float[] target, float keep, float[] source, float factor)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(target, i) * keep + new Vector<float>(source, i) * factor).CopyTo(target, i);
        }

        for (; i < target.Length; i++)
        {
            target[i] = target[i] * keep + source[i] * factor;
        }
    }
}
