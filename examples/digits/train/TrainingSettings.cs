namespace Digits.Train;

/// <summary>What the training can be told.</summary>
internal sealed record TrainingSettings
{
    /// <summary>How many random Fourier features.</summary>
    public int Width { get; init; } = 2000;

    /// <summary>The kernel's width: larger sees finer differences.</summary>
    public double Gamma { get; init; } = 0.2;

    public double LearningRate { get; init; } = 0.1;

    public double Momentum { get; init; } = 0.9;

    public int BatchSize { get; init; } = 32;

    public int Epochs { get; init; } = 50;

    /// <summary>Makes the training repeatable.</summary>
    public int Seed { get; init; } = 20;

    public IEnumerable<KeyValuePair<string, object?>> AsParameters() =>
        [
            new("width", Width),
            new("gamma", Gamma),
            new("learning_rate", LearningRate),
            new("momentum", Momentum),
            new("batch_size", BatchSize),
            new("epochs", Epochs),
            new("seed", Seed),
        ];
}
