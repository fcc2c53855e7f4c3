using Braid.Load;
using Braid.Load.Filling;
using Braid.Load.Machine;
using Braid.Load.Report;
using Braid.Load.Scenarios;

if (args is [CopyProgram.Word, .. var words])
{
    return await CopyProgram.RunAsync(words);
}

if (args is [RunFilling.Word, .. var filled])
{
    return await RunFilling.RunAsync(filled);
}

if (LoadOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(LoadOptions.Usage);
    return 2;
}

using var folder = new WorkFolder(options.Folder);
var scenarios = new (string Name, Func<Table, Task> Run)[]
{
    ("large-random", table => new LargeFile(options, folder, isText: false).RunAsync(table)),
    ("large-text", table => new LargeFile(options, folder, isText: true).RunAsync(table)),
    ("small-files", table => new SmallFiles(options, folder).RunAsync(table)),
    ("commits", table => new Commits(options, folder).RunAsync(table)),
    ("datums", table => new Datums(options, folder).RunAsync(table)),
    ("batched", table => new BatchedDatums(options, folder).RunAsync(table)),
    ("points", table => new Points(options, folder).RunAsync(table)),
    ("events", table => new Events(options, folder).RunAsync(table)),
    ("queue", table => new QueuePolls(options, folder).RunAsync(table)),
    ("placed-queue", table => new PlacedPolls(options, folder).RunAsync(table)),
    ("starts", table => new Starts(options, folder).RunAsync(table)),
    ("agents", table => new Agents(options, folder).RunAsync(table)),
    ("explain", table => new Explanations(options, folder).RunAsync(table)),
    ("sdk", table => new StockSdk(options, folder).RunAsync(table)),
    ("tasks", table => new TaskLists(options, folder).RunAsync(table)),
    ("mlflow-batches", table => new MLflowBatches(options, folder).RunAsync(table)),
    ("mlflow-searches", table => new MLflowSearches(options, folder).RunAsync(table)),
    ("mlflow-history", table => new MLflowHistory(options, folder).RunAsync(table)),
    ("versions", table => new Versions(options, folder).RunAsync(table)),
};
var table = new Table();
foreach (var (name, run) in scenarios)
{
    if (options.Includes(name))
    {
        await Console.Error.WriteLineAsync($"{name} ...");
        await run(table);
    }
}

Console.Write(table.ToMarkdown());
return 0;
