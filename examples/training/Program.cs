using Braid.Client;
using Braid.Client.Records;
using Training;

// Trains a classifier of two moons and logs all of it: to the folder braid-runs, or to whatever TRACELET_BACKEND names.
var settings = TrainingSettings.Parse(args);
await using var experiment = Experiment.StartLogging("two moons", "examples", config: settings.Config);
experiment.LogParams(settings.AsParameters());

var (training, validation) = (Moons.Make(400, seed: 1), Moons.Make(200, seed: 2));
var network = new Network(settings.Width, seed: 3);
await experiment.RunAsync(TrainAsync);
experiment.LogTable("confusion", ["", "said 0", "said 1"], network.Confusion(validation));
experiment.LogArtifact("weights.csv", network.AsCsv(), kind: ArtifactKind.Weights);
Console.WriteLine($"accuracy on what it never saw: {network.AccuracyOn(validation):P1}");

async Task TrainAsync()
{
    for (var epoch = 0; epoch < settings.Epochs; epoch++)
    {
        experiment.Iteration = epoch;
        experiment.LogMetric("loss/training", network.Train(training, settings.Rate));
        experiment.LogMetric("loss/validation", network.LossOn(validation));
        experiment.LogMetric("accuracy/validation", network.AccuracyOn(validation));
        if (epoch % 50 == 0)
        {
            experiment.LogHistogram<double>("weights/hidden", network.HiddenWeights);
            experiment.LogImage("decision", network.Draw(size: 64), width: 64, height: 64, channels: 1);
            Console.WriteLine($"epoch {epoch}: accuracy {network.AccuracyOn(validation):P1}");
        }

        await Task.Delay(settings.Pause, TimeProvider.System);
    }
}
