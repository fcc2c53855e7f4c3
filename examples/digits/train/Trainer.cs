namespace Digits.Train;

/// <summary>Stochastic gradient descent with momentum; the same seed gives the same model.</summary>
internal sealed class Trainer(TrainingSettings settings, FourierMap map, SoftmaxClassifier classifier)
{
    private readonly float[][] velocity = Array.ConvertAll(classifier.Weights, weights => new float[weights.Length]);
    private readonly Random random = new(settings.Seed);

    /// <param name="examples">What to learn from.</param>
    /// <param name="onStep">Gets the number of each step, from 0, and its mean loss.</param>
    public void Run(IReadOnlyList<Example> examples, Action<long, double> onStep)
    {
        var mapped = examples.Select(example => (Features: map.Of(example.Features), example.Label)).ToArray();
        long step = 0;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(mapped);
            foreach (var batch in mapped.Chunk(settings.BatchSize))
            {
                onStep(step++, Learn(batch));
            }
        }
    }

    public double AccuracyOn(IReadOnlyList<Example> examples) =>
        (double)examples.Count(example => classifier.Classify(map.Of(example.Features)) == example.Label)
        / examples.Count;

    /// <summary>One step: slow down, add the batch's gradient, move. Answers the mean loss before the move.</summary>
    private double Learn((float[] Features, int Label)[] batch)
    {
        var factor = (float)(-settings.LearningRate / batch.Length);
        var keep = (float)settings.Momentum;
        var loss = 0.0;
        foreach (var (features, label) in batch)
        {
            loss -= AddGradient(features, label, factor, keep);
            keep = 1;
        }

        for (var digit = 0; digit < velocity.Length; digit++)
        {
            Vectors.Blend(classifier.Weights[digit], 1, velocity[digit], 1);
        }

        return loss / batch.Length;
    }

    /// <summary>Answers the logarithm of how likely the right class was held to be.</summary>
    private double AddGradient(float[] features, int label, float factor, float keep)
    {
        var probabilities = classifier.Probabilities(features);
        for (var digit = 0; digit < velocity.Length; digit++)
        {
            var error = probabilities[digit] - (digit == label ? 1 : 0);
            Vectors.Blend(velocity[digit], keep, features, factor * error);
        }

        return Math.Log(Math.Max(probabilities[label], 1e-12f));
    }
}
