using Braid.Grpc.Hosting;

namespace Braid.Grpc.Tests.Hosting;

public sealed class BlockPoolTests
{
    [Fact]
    public void A_block_is_used_again()
    {
        using var pool = new BlockPool();
        var first = pool.Rent(4096);
        Assert.Equal(pool.MaxBufferSize, first.Memory.Length);
        first.Dispose();

        using var second = pool.Rent();
        using var third = pool.Rent();
        Assert.Same(first, second);
        Assert.NotSame(first, third);
    }

    [Fact]
    public void More_than_a_block_is_refused()
    {
        using var pool = new BlockPool();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(pool.MaxBufferSize + 1));
    }
}
