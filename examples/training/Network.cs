using System.Globalization;
using System.Text;

namespace Training;

/// <summary>One hidden layer (tanh), one output (logistic), trained by plain gradient descent.</summary>
internal sealed class Network
{
    private const int inputs = 3; // x, y and 1
    private readonly double[] hidden;
    private readonly double[] output;
    private readonly double[] activations;

    public Network(int width, int seed)
    {
        var random = new Random(seed);
        hidden = [.. Enumerable.Range(0, width * inputs).Select(_ => (random.NextDouble() - 0.5) * 2)];
        output = [.. Enumerable.Range(0, width + 1).Select(_ => random.NextDouble() - 0.5)];
        activations = new double[width];
    }

    public ReadOnlySpan<double> HiddenWeights => hidden;

    /// <summary>One pass over the examples; answers their mean loss.</summary>
    public double Train(List<Example> examples, double rate)
    {
        var loss = 0.0;
        foreach (var example in examples)
        {
            var probability = Probability(example.X, example.Y);
            loss += Loss(probability, example.Class);
            Learn(example, (probability - example.Class) * rate);
        }

        return loss / examples.Count;
    }

    public double LossOn(List<Example> examples) =>
        examples.Average(example => Loss(Probability(example.X, example.Y), example.Class));

    public double AccuracyOn(List<Example> examples) =>
        examples.Average(example => Class(example) == example.Class ? 1.0 : 0.0);

    /// <summary>Rows of a table: what they are, and how often which was said.</summary>
    public IEnumerable<IEnumerable<object?>> Confusion(List<Example> examples) =>
        examples
            .GroupBy(example => example.Class)
            .OrderBy(group => group.Key)
            .Select(group =>
                new object?[]
                {
                    $"is {group.Key}",
                    group.Count(each => Class(each) == 0),
                    group.Count(each => Class(each) == 1),
                }
            );

    /// <summary>The plane from (-1.5, -1) to (2.5, 1.5), a gray pixel for the probability at each place.</summary>
    public byte[] Draw(int size)
    {
        var pixels = new byte[size * size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = ((i % size * 4.0 / size) - 1.5, 1.5 - (i / size * 2.5 / size));
            pixels[i] = (byte)(Probability(x, y) * 255);
        }

        return pixels;
    }

    public byte[] AsCsv() =>
        Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                hidden.Concat(output).Select(weight => weight.ToString("R", CultureInfo.InvariantCulture))
            )
        );

    private int Class(Example example) => Probability(example.X, example.Y) > 0.5 ? 1 : 0;

    private double Probability(double x, double y)
    {
        var sum = output[^1];
        for (var i = 0; i < activations.Length; i++)
        {
            var at = i * inputs;
            activations[i] = Math.Tanh((hidden[at] * x) + (hidden[at + 1] * y) + hidden[at + 2]);
            sum += output[i] * activations[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    private void Learn(Example example, double error)
    {
        for (var i = 0; i < activations.Length; i++)
        {
            var (at, slope) = (i * inputs, error * output[i] * (1 - (activations[i] * activations[i])));
            output[i] -= error * activations[i];
            hidden[at] -= slope * example.X;
            hidden[at + 1] -= slope * example.Y;
            hidden[at + 2] -= slope;
        }

        output[^1] -= error;
    }

    private static double Loss(double probability, int isClass) =>
        -Math.Log(Math.Max(isClass == 1 ? probability : 1 - probability, 1e-12));
}
