using Braid.Cli.CommandLine;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupt.Cancel();
};
return await Dispatcher.RunAsync(args, Surroundings.OfThisProcess(), interrupt.Token);
