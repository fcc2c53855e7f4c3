using Braid.Pipelines.Workers;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>Whose turn it is among jobs that want more than a server does at a time.</summary>
public sealed class JobTurnsTests
{
    private const int most = 8;

    [Fact]
    public void Jobs_that_want_all_get_the_same()
    {
        Assert.Equal([4, 4], Shared([100, 100], new()));
    }

    [Fact]
    public void What_one_has_no_use_for_the_others_get()
    {
        Assert.Equal([2, 6], Shared([2, 100], new()));
    }

    [Fact]
    public void A_job_that_comes_when_another_has_all_gets_one_and_no_more()
    {
        Assert.Equal([8, 1, 1], Shared([100, 100, 100], new() { [0] = most }));
    }

    [Fact]
    public void Many_jobs_get_no_more_than_twice_as_many_as_one()
    {
        Assert.Equal(2 * most, Shared([.. Enumerable.Repeat(100, 50)], new()).Sum());
    }

    /// <summary>How many each job has in the end.</summary>
    private static IReadOnlyList<int> Shared(IReadOnlyList<int> wanted, Dictionary<long, int> held)
    {
        var jobs = Enumerable.Range(0, wanted.Count).Select(job => (long)job).ToList();
        while (
            JobTurns.Next(jobs.Where(job => held.GetValueOrDefault(job) < wanted[(int)job]), held, most).ToList()
                is [var next, ..]
        )
        {
            held[next] = held.GetValueOrDefault(next) + 1;
        }

        return [.. jobs.Select(job => held.GetValueOrDefault(job))];
    }
}
