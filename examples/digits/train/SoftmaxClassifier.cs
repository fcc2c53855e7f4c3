namespace Digits.Train;

/// <summary>Multinomial logistic regression, one weight vector per class.</summary>
internal sealed class SoftmaxClassifier(int width, int classes)
{
    /// <summary>By class, then by feature.</summary>
    public float[][] Weights { get; } = [.. Enumerable.Range(0, classes).Select(_ => new float[width])];

    /// <summary>How likely each class is.</summary>
    public float[] Probabilities(float[] features)
    {
        var scores = Array.ConvertAll(Weights, weights => Vectors.Dot(weights, features));
        var highest = scores.Max();
        var powers = Array.ConvertAll(scores, score => MathF.Exp(score - highest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    public int Classify(float[] features)
    {
        var probabilities = Probabilities(features);
        return Array.IndexOf(probabilities, probabilities.Max());
    }
}
