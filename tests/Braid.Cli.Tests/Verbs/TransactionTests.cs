using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Admin;
using Braid.Protos.Pfs;
using Braid.Protos.Transaction;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>Transactions over several calls of the program, which are remembered in the context.</summary>
public sealed class TransactionTests : IAsyncLifetime
{
    private const string other = "fedcba9876544210fedcba9876543210";

    private readonly TempFolder folder = new();
    private PachdFake pachd = null!; // set before each test

    private string Config => folder.File("config.json");

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(AdminMethods.InspectCluster, new ClusterInfo { DeploymentId = "here" })
            .Answers(TransactionMethods.Start, new Transaction { Id = Samples.Id })
            .Answers(TransactionMethods.Inspect, Info)
            .Answers(TransactionMethods.List, new ListTransactionResponse { TransactionInfo = { Info } })
            .Answers(TransactionMethods.Finish, Info)
            .Answers(TransactionMethods.Delete, new Empty())
            .Answers(PfsMethods.CreateRepo, new Empty())
            .Answers(PfsMethods.StartCommit, Samples.Commit())
            .Answers(PfsMethods.ListRepo, Samples.RepoInfo);
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Commands_between_start_and_finish_are_part_of_it()
    {
        Assert.Equal($"started new transaction: \"{Samples.Id}\"\n", await SayAsync("start", "transaction"));
        var cli = Cli();
        Assert.Equal(0, await cli.RunAsync("start", "commit", "images@master"));
        var within = pachd.Transaction;
        await SayAsync("list", "repo");

        var done = await SayAsync("finish", "transaction");
        var after = Cli();
        await after.RunAsync("create", "repo", "images");

        Assert.Equal(Samples.Id, within);
        Assert.Equal((Samples.Id + "\n", $"Added to transaction: {Samples.Id}\n"), (cli.Out, cli.Error));
        Assert.Equal($"Completed transaction with 3 requests: {Samples.Id}\n", done);
        Assert.Equal(Samples.Id, pachd.Asked<FinishTransactionRequest>().Transaction.Id);
        Assert.Null(pachd.Transaction);
        Assert.Empty(after.Error);
    }

    [Fact]
    public async Task Only_one_is_active_until_it_is_stopped_and_another_resumed()
    {
        await SayAsync("start", "transaction");
        var second = Cli();
        Assert.Equal(1, await second.RunAsync("start", "transaction"));

        Assert.Equal($"Cleared active transaction: {Samples.Id}\n", await SayAsync("stop", "transaction"));
        var none = Cli();
        Assert.Equal(1, await none.RunAsync("finish", "transaction"));
        Assert.Equal(
            $"Resuming existing transaction with 3 requests: {Samples.Id}\n",
            await SayAsync("resume", "transaction", other)
        );
        var asked = pachd.Asked<InspectTransactionRequest>().Transaction.Id;
        await SayAsync("delete", "transaction", other);
        var active = await SayAsync("delete", "transaction");

        Assert.StartsWith(
            "cannot start a new transaction, since transaction with ID",
            second.Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith("no active transaction", none.Error, StringComparison.Ordinal);
        Assert.Equal(other, asked);
        Assert.Empty(active);
        Assert.Equal(Samples.Id, pachd.Asked<DeleteTransactionRequest>().Transaction.Id);
        Assert.Equal(1, await Cli().RunAsync("stop", "transaction"));
    }

    [Theory]
    [InlineData("list transaction")]
    [InlineData("inspect transaction " + Samples.Id)]
    [InlineData("list transaction --raw")]
    public async Task The_output_is_golden(string words)
    {
        var name = string.Join('-', words.Replace(Samples.Id, "ID", StringComparison.Ordinal).Split(' ', '-'));
        Golden.Match($"tests/Braid.Cli.Tests/Golden/tables/{name}.txt", await SayAsync(words.Split(' ')));
    }

    private static TransactionInfo Info =>
        new()
        {
            Transaction = new() { Id = Samples.Id },
            Started = Samples.Ago(120),
            Version = 3,
            Requests =
            {
                new TransactionRequest
                {
                    CreateRepo = new()
                    {
                        Repo = new() { Name = "images", Type = "user" },
                    },
                },
                new TransactionRequest { StartCommit = new() { Branch = Branch("images", "master") } },
                new TransactionRequest
                {
                    CreateBranch = new() { Branch = Branch("images", "dev"), Provenance = { Branch("raw", "master") } },
                },
            },
            Responses =
            {
                new TransactionResponse(),
                new TransactionResponse { Commit = Samples.Commit() },
                new TransactionResponse(),
            },
        };

    private static Branch Branch(string repo, string name) =>
        new()
        {
            Repo = new() { Name = repo, Type = "user" },
            Name = name,
        };

    private CliRun Cli() => pachd.Cli.With("PACH_CONFIG", Config);

    private async Task<string> SayAsync(params string[] words)
    {
        var cli = Cli();
        Assert.True(await cli.RunAsync(words) == 0, cli.Error);
        return cli.Out;
    }
}
