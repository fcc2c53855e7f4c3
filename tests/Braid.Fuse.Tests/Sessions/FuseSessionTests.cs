using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Braid.Fuse.Device;
using Braid.Fuse.Operations;
using Braid.Fuse.Wire;
using Braid.Testing;

namespace Braid.Fuse.Tests.Sessions;

/// <summary>The protocol, from the kernel's side.</summary>
public sealed class FuseSessionTests : IAsyncLifetime
{
    private readonly OneFile files = new();
    private FakeKernel kernel = null!; // made before each test

    public Task InitializeAsync()
    {
        kernel = new(files);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await kernel.DisposeAsync();

    [Fact]
    public void Structures_are_as_long_as_the_kernels()
    {
        Assert.Equal(40, Unsafe.SizeOf<InHeader>());
        Assert.Equal(16, Unsafe.SizeOf<OutHeader>());
        Assert.Equal(64, Unsafe.SizeOf<InitOut>());
        Assert.Equal(128, Unsafe.SizeOf<EntryOut>());
        Assert.Equal(104, Unsafe.SizeOf<AttributesOut>());
        Assert.Equal(88, Unsafe.SizeOf<SetAttributesIn>());
        Assert.Equal(40, Unsafe.SizeOf<ReadIn>());
        Assert.Equal(40, Unsafe.SizeOf<WriteIn>());
        Assert.Equal(24, Unsafe.SizeOf<DirectoryEntryOut>());
        Assert.Equal(80, Unsafe.SizeOf<StatisticsOut>());
        Assert.Equal(144, Unsafe.SizeOf<CreateOut>());
    }

    [Fact]
    public async Task The_handshake_takes_of_the_offer_what_it_knows()
    {
        var offer = new InitIn
        {
            Major = 7,
            Minor = 45,
            MaxReadAhead = 131072,
            Flags = (InitFlags)uint.MaxValue,
        };
        var taken = (await kernel.SendAsync(OpCode.Init, 0, offer)).As<InitOut>();
        Assert.Equal((7u, 31u), (taken.Major, taken.Minor));
        Assert.True(taken.Flags.HasFlag(InitFlags.AsyncRead | InitFlags.ReadDirectoryPlus | InitFlags.MaxPages));
        Assert.False(taken.Flags.HasFlag((InitFlags)(1 << 16))); // write-back would hide when a write failed
        Assert.Equal(1024u * 1024, taken.MaxWrite);
        await kernel.Ready;
    }

    [Fact]
    public async Task A_kernel_that_is_too_old_is_refused()
    {
        var answer = await kernel.SendAsync(OpCode.Init, 0, new InitIn { Major = 7, Minor = 12 });
        Assert.Equal(Errno.NotSupported, answer.Error);
        var refused = await Assert.ThrowsAsync<FuseMountException>(() => kernel.Ready);
        Assert.Contains("FUSE 7.12", refused.Message);
    }

    [Fact]
    public async Task A_name_that_is_there_is_answered_with_its_attributes_and_how_long_they_hold()
    {
        var entry = (await kernel.SendAsync(OpCode.LookUp, 1, "greeting")).As<EntryOut>();
        Assert.Equal(
            (OneFile.File, 2UL, 500_000_000u),
            (entry.Node, entry.EntryValidSeconds, entry.EntryValidNanoseconds)
        );
        Assert.Equal((ulong)OneFile.Content.Length, entry.Attributes.Size);
        Assert.Equal((1L, 500_000_000u), (entry.Attributes.ModifiedSeconds, entry.Attributes.ModifiedNanoseconds));
        Assert.Equal((0x8124u, 7u, 8u), (entry.Attributes.Mode, entry.Attributes.User, entry.Attributes.Group));
    }

    [Fact]
    public async Task A_name_that_is_not_there_can_be_remembered_as_missing()
    {
        var entry = (await kernel.SendAsync(OpCode.LookUp, 1, "none")).As<EntryOut>();
        Assert.Equal((0UL, 9UL), (entry.Node, entry.EntryValidSeconds));
        Assert.Equal(Errno.NotFound, (await kernel.SendAsync(OpCode.LookUp, 1, "nothing")).Error);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_not_found_and_not_made()
    {
        Assert.Equal(Errno.NotFound, (await kernel.SendAsync(OpCode.LookUp, 1, [0xFF, 0xFE, 0])).Error);
        byte[] body = [.. FakeKernel.Bytes(default(CreateIn)), 0xFF, 0];
        Assert.Equal(Errno.Invalid, (await kernel.SendAsync(OpCode.Create, 1, body)).Error);
    }

    [Fact]
    public async Task A_read_is_cut_at_the_end_and_the_handle_travels()
    {
        var opened = (await kernel.SendAsync(OpCode.Open, OneFile.File, new OpenIn { Flags = 0x8201 })).As<OpenOut>();
        Assert.Equal((42UL, OpenFlags.KeepCache), (opened.Handle, opened.Flags));
        Assert.Equal(OpenMode.Write | OpenMode.Truncate, files.Mode);
        var read = new ReadIn
        {
            Handle = 42,
            Offset = 7,
            Size = 4096,
        };
        Assert.Equal("kernel", Encoding.UTF8.GetString((await kernel.SendAsync(OpCode.Read, OneFile.File, read)).Body));
        Assert.Empty((await kernel.SendAsync(OpCode.Read, OneFile.File, read with { Offset = 100 })).Body);
    }

    [Fact]
    public async Task What_is_written_arrives_whole()
    {
        var bytes = new byte[300_000];
        new Random(5).NextBytes(bytes);
        byte[] body = [.. FakeKernel.Bytes(new WriteIn { Handle = 42, Size = (uint)bytes.Length }), .. bytes];
        Assert.Equal(
            (uint)bytes.Length,
            (await kernel.SendAsync(OpCode.Write, OneFile.File, body)).As<WriteOut>().Size
        );
        Assert.Equal(bytes, files.Written);
    }

    [Fact]
    public async Task Only_the_attributes_that_were_set_change()
    {
        var wire = new SetAttributesIn
        {
            Valid = SetFields.Size | SetFields.User,
            Size = 5,
            Mode = 0x1FF,
        };
        await kernel.SendAsync(OpCode.SetAttributes, OneFile.File, wire);
        Assert.Equal(new AttributeChange { Size = 5, ChangesOwner = true }, files.Changed);
    }

    [Fact]
    public async Task A_rename_has_two_names_and_cannot_exchange_them()
    {
        await kernel.SendAsync(OpCode.Rename2, 1, new Rename2In { NewParent = 3, Flags = 1 }, "a", "b");
        Assert.Equal("1/a -> 3/b True", files.Renamed);
        var exchange = await kernel.SendAsync(OpCode.Rename2, 1, new Rename2In { NewParent = 3, Flags = 2 }, "a", "b");
        Assert.Equal(Errno.Invalid, exchange.Error);
    }

    [Theory]
    [InlineData(false, 24)]
    [InlineData(true, 152)]
    public async Task A_directory_comes_in_pages_that_end_at_a_whole_name(bool plus, int before)
    {
        var code = plus ? OpCode.ReadDirectoryPlus : OpCode.ReadDirectory;
        var (offset, names) = (0UL, new List<string>());
        while (true)
        {
            var page = await kernel.SendAsync(
                code,
                1,
                new ReadIn
                {
                    Handle = 43,
                    Offset = offset,
                    Size = 1000,
                }
            );
            Assert.InRange(page.Body.Length, 0, 1000);
            if (page.Body.Length == 0)
            {
                break;
            }

            for (var at = 0; at < page.Body.Length; )
            {
                var head = page.Body.AsSpan(at + before - 24);
                offset = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
                var length = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
                names.Add(Encoding.UTF8.GetString(head.Slice(24, length)));
                at += (before + length + 7) & ~7;
            }
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(index => $"name {index}"), names);
    }

    [Fact]
    public async Task Extended_attributes_say_their_size_first_and_refuse_a_small_buffer()
    {
        var size = await kernel.SendAsync(OpCode.GetExtended, 2, default(GetExtendedIn), "user.x");
        Assert.Equal((uint)OneFile.Content.Length, size.As<GetExtendedOut>().Size);
        var value = await kernel.SendAsync(OpCode.GetExtended, 2, new GetExtendedIn { Size = 100 }, "user.x");
        Assert.Equal(OneFile.Content, value.Body);
        Assert.Equal(
            Errno.Range,
            (await kernel.SendAsync(OpCode.GetExtended, 2, new GetExtendedIn { Size = 3 }, "user.x")).Error
        );
        Assert.Equal(
            Errno.NoData,
            (await kernel.SendAsync(OpCode.GetExtended, 2, default(GetExtendedIn), "user.z")).Error
        );
        var names = await kernel.SendAsync(OpCode.ListExtended, 2, new GetExtendedIn { Size = 100 });
        Assert.Equal("user.x\0user.y\0", Encoding.UTF8.GetString(names.Body));
    }

    [Fact]
    public async Task A_waiting_read_is_interrupted_and_others_go_on_meanwhile()
    {
        files.Hold = new();
        var unique = kernel.Next;
        var reading = kernel.SendAsync(OpCode.Read, OneFile.File, new ReadIn { Size = 10 });
        Assert.Equal(Errno.None, (await kernel.SendAsync(OpCode.GetAttributes, OneFile.File, new byte[16])).Error);
        // Asked too early it is told "again", as the kernel expects.
        await Eventually.IsTrueAsync(
            async () =>
            {
                kernel.Post(OpCode.Interrupt, 0, unique + 1000, FakeKernel.Bytes(new InterruptIn { Unique = unique }));
                await Task.Yield();
                return reading.IsCompleted;
            },
            "the interrupted read ends"
        );
        Assert.Equal(Errno.Interrupted, (await reading).Error);
    }

    [Fact]
    public async Task An_interrupt_for_what_is_not_known_is_to_be_sent_again()
    {
        var answer = await kernel.SendAsync(OpCode.Interrupt, 0, new InterruptIn { Unique = 999 });
        Assert.Equal(Errno.Again, answer.Error);
    }

    [Fact]
    public async Task A_bug_is_reported_and_seen_as_an_input_output_error()
    {
        Assert.Equal(Errno.InputOutput, (await kernel.SendAsync(OpCode.LookUp, 1, "bug")).Error);
        Assert.Contains("a bug", Assert.Single(kernel.Bugs).Message);
    }

    [Fact]
    public async Task A_request_that_ends_too_early_is_an_error_and_not_read_beyond()
    {
        Assert.Equal(Errno.InputOutput, (await kernel.SendAsync(OpCode.Read, 1, new byte[39])).Error);
        Assert.Equal(Errno.InputOutput, (await kernel.SendAsync(OpCode.LookUp, 1, "no end"u8.ToArray())).Error);
        byte[] tooLong = [.. FakeKernel.Bytes(new WriteIn { Size = 100 }), 1, 2, 3];
        Assert.Equal(Errno.InputOutput, (await kernel.SendAsync(OpCode.Write, 1, tooLong)).Error);
    }

    [Fact]
    public async Task What_is_not_known_is_not_implemented()
    {
        Assert.Equal(Errno.NotImplemented, (await kernel.SendAsync((OpCode)4000, 1, new byte[8])).Error);
        Assert.Equal(Errno.NotImplemented, (await kernel.SendAsync(OpCode.Flush, 1, new byte[24])).Error);
    }

    [Fact]
    public async Task What_is_forgotten_and_released_reaches_the_handler()
    {
        kernel.Post(OpCode.Forget, 5, 0, FakeKernel.Bytes(new ForgetIn { Lookups = 2 }));
        byte[] batch =
        [
            .. FakeKernel.Bytes(new BatchForgetIn { Count = 2 }),
            .. FakeKernel.Bytes(new ForgetOne { Node = 100, Lookups = 1 }),
            .. FakeKernel.Bytes(new ForgetOne { Node = 1000, Lookups = 3 }),
        ];
        kernel.Post(OpCode.BatchForget, 0, 0, batch);
        await kernel.SendAsync(OpCode.Release, 2, new byte[24]);
        await Eventually.IsTrueAsync(() => Task.FromResult(files.Forgotten == 10 + 100 + 3000), "all are forgotten");
    }

    [Fact]
    public async Task The_session_ends_with_the_mount_and_interrupts_who_still_waits()
    {
        files.Hold = new();
        var reading = kernel.SendAsync(OpCode.Read, OneFile.File, new ReadIn { Size = 10 });
        await kernel.UnmountAsync();
        Assert.Equal(Errno.Interrupted, (await reading).Error);
    }

    [Fact]
    public async Task Random_requests_are_all_answered_or_refused()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var body = new byte[random.Next(0, 120)];
            random.NextBytes(body);
            var code = (OpCode)random.Next(1, 53);
            if (code is OpCode.Forget or OpCode.BatchForget or OpCode.Interrupt)
            {
                continue;
            }

            var answer = await kernel.SendAsync(code, (ulong)random.Next(), body);
            Assert.True(Enum.IsDefined(answer.Error), $"seed {seed}, request {i}: {answer.Error}");
        }
    }
}
