namespace Braid.Primitives.Tests;

public sealed class ResultTests
{
    private static readonly Error refused = new(ErrorKind.Conflict, "test.refused", "no, because");

    [Fact]
    public void A_success_goes_on_and_a_failure_stays_what_it_is()
    {
        Result<int> good = 20;
        Result<int> bad = refused;
        Assert.Equal(21, good.Select(value => value + 1).Value);
        Assert.Equal(refused, good.Then<int>(_ => refused).Error);
        Assert.Equal(refused, bad.Select(value => value + 1).Error);
        Assert.False(bad.TryGet(out _, out var error));
        Assert.Equal(refused, error);
    }

    [Fact]
    public void Asking_a_failure_for_its_value_is_a_bug_that_names_the_failure()
    {
        Result<int> bad = refused;
        var bug = Assert.Throws<InvalidOperationException>(() => bad.Value);
        Assert.Contains("test.refused", bug.Message, StringComparison.Ordinal);
    }
}
