using System.Globalization;
using Braid.Client;
using Braid.Client.Jobs;
using Digits.Train;

// Reads every feature vector, trains on four fifths of them, measures on the rest, and logs all of it.
var job = PipelineJob.Current;
var settings = new TrainingSettings();
var (training, heldOut) = Example.Split(job.InputFiles("features").SelectMany(File.ReadLines).Select(Example.Parse));
Console.WriteLine($"{training.Count} examples to learn from, {heldOut.Count} held out");

await using var experiment = Experiment.StartLogging("train digits");
experiment.LogParams(settings.AsParameters());
experiment.LogParam("examples", training.Count);

var map = new FourierMap(training[0].Features.Length, settings.Width, settings.Gamma, settings.Seed);
var classifier = new SoftmaxClassifier(settings.Width, Example.Classes);
var trainer = new Trainer(settings, map, classifier);
trainer.Run(training, (step, loss) => experiment.LogMetric("loss", loss, step));

var accuracy = trainer.AccuracyOn(heldOut);
experiment.LogMetric("accuracy", accuracy, settings.Epochs);
Console.WriteLine($"accuracy on the held-out images: {accuracy.ToString("P2", CultureInfo.InvariantCulture)}");

var model = job.OutputFile("model.bin");
ModelFile.Write(model, settings, classifier);
File.WriteAllText(job.OutputFile("accuracy.txt"), accuracy.ToString("F4", CultureInfo.InvariantCulture) + "\n");
experiment.LogModel("digits", model, "random Fourier features and softmax regression");
