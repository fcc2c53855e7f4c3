using System.Text;
using Braid.Fuse.Device;
using Braid.Fuse.Operations;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Sessions;

/// <summary>From a request's bytes to the handler's operation, and back to the answer's bytes.</summary>
internal sealed class RequestTable(
    IFuseChannel channel,
    FuseHandler handler,
    TimeProvider clock,
    Action<Exception> report,
    TaskCompletionSource ready
)
{
    private const uint noReplace = 1;

    private readonly PendingCalls calls = new(channel, report);

    /// <summary>Ends when every request that was taken is answered; those still waiting are interrupted.</summary>
    public Task DrainAsync() => calls.DrainAsync();

    public void Dispatch(ReadOnlySpan<byte> request)
    {
        var body = new RequestBody(request);
        var header = body.Take<InHeader>();
        try
        {
            Dispatch(header, ref body);
        }
        catch (Exception error)
        {
            report(error);
            calls.Fail(header.Unique, Errno.InputOutput);
        }
    }

    /// <summary>A protocol's table: one line or two for each kind of request.</summary>
    private void Dispatch(in InHeader header, ref RequestBody body)
    {
        var (unique, node) = (header.Unique, header.Node);
        switch (header.OpCode)
        {
            case OpCode.Init:
                Begin(unique, ref body);
                break;
            case OpCode.Forget:
                handler.Forget(node, body.Take<ForgetIn>().Lookups);
                break;
            case OpCode.BatchForget:
                ForgetAll(ref body);
                break;
            case OpCode.Interrupt:
                calls.Interrupt(unique, body.Take<InterruptIn>().Unique);
                break;
            case OpCode.Destroy:
                calls.Fail(unique, Errno.None);
                break;
            case OpCode.LookUp or OpCode.MakeDirectory or OpCode.Unlink or OpCode.RemoveDirectory or OpCode.Create:
                Name(header, ref body);
                break;
            case OpCode.Rename or OpCode.Rename2:
                Rename(header, ref body);
                break;
            case OpCode.GetAttributes:
                calls.Run(unique, ct => handler.GetAttributesAsync(node, ct), AnswerForm.Attributes);
                break;
            case OpCode.SetAttributes:
                var change = WireForm.Change(body.Take<SetAttributesIn>(), clock.GetUtcNow());
                calls.Run(unique, ct => handler.SetAttributesAsync(node, change, ct), AnswerForm.Attributes);
                break;
            case OpCode.Open:
                var mode = WireForm.Mode(body.Take<OpenIn>().Flags);
                calls.Run(unique, ct => handler.OpenAsync(node, mode, ct), AnswerForm.OpenedFile);
                break;
            case OpCode.OpenDirectory:
                calls.Run(unique, ct => handler.OpenDirectoryAsync(node, ct), AnswerForm.OpenedDirectory);
                break;
            case OpCode.Read:
                Read(unique, body.Take<ReadIn>());
                break;
            case OpCode.ReadDirectory or OpCode.ReadDirectoryPlus:
                ReadDirectory(unique, body.Take<ReadIn>(), header.OpCode == OpCode.ReadDirectoryPlus);
                break;
            case OpCode.Write:
                Write(unique, ref body);
                break;
            case OpCode.Flush or OpCode.Sync or OpCode.Release or OpCode.ReleaseDirectory:
                Handle(header, body.Take<HandleIn>().Handle);
                break;
            case OpCode.GetExtended or OpCode.ListExtended:
                Extended(header, ref body);
                break;
            case OpCode.Statistics:
                calls.Run(unique, handler.GetStatisticsAsync, AnswerForm.Statistics);
                break;
            default:
                calls.Fail(unique, Errno.NotImplemented);
                break;
        }
    }

    private void Begin(ulong unique, ref RequestBody body)
    {
        if (Handshake.Answer(channel, unique, ref body) is { } tooOld)
        {
            ready.TrySetException(
                new FuseMountException($"the kernel speaks FUSE {tooOld}; 7.31 is needed, which Linux has since 5.4")
            );
        }
        else
        {
            ready.TrySetResult();
        }
    }

    private void ForgetAll(ref RequestBody body)
    {
        for (var left = body.Take<BatchForgetIn>().Count; left > 0; left--)
        {
            var one = body.Take<ForgetOne>();
            handler.Forget(one.Node, one.Lookups);
        }
    }

    private void Name(in InHeader header, ref RequestBody body)
    {
        var (unique, node, kind) = (header.Unique, header.Node, header.OpCode);
        var mode = OpenMode.None;
        if (kind == OpCode.MakeDirectory)
        {
            body.Take<MakeDirectoryIn>();
        }
        else if (kind == OpCode.Create)
        {
            mode = WireForm.Mode(body.Take<CreateIn>().Flags);
        }

        if (body.TakeName() is not { } name)
        {
            // Bytes that are no text name nothing here, and nothing can be made of them.
            calls.Fail(unique, kind is OpCode.MakeDirectory or OpCode.Create ? Errno.Invalid : Errno.NotFound);
            return;
        }

        switch (kind)
        {
            case OpCode.LookUp:
                calls.Run(unique, ct => handler.LookUpAsync(node, name, ct), AnswerForm.Entry);
                break;
            case OpCode.MakeDirectory:
                calls.Run(unique, ct => handler.MakeDirectoryAsync(node, name, ct), AnswerForm.Entry);
                break;
            case OpCode.Create:
                calls.Run(unique, ct => handler.CreateAsync(node, name, mode, ct), AnswerForm.Created);
                break;
            case OpCode.Unlink:
                calls.Run(unique, ct => handler.UnlinkAsync(node, name, ct));
                break;
            default:
                calls.Run(unique, ct => handler.RemoveDirectoryAsync(node, name, ct));
                break;
        }
    }

    private void Rename(in InHeader header, ref RequestBody body)
    {
        var (unique, parent) = (header.Unique, header.Node);
        var (newParent, flags) =
            header.OpCode == OpCode.Rename2 ? Take(ref body) : (body.Take<RenameIn>().NewParent, 0);
        if (body.TakeName() is not { } name || body.TakeName() is not { } newName || (flags & ~noReplace) != 0)
        {
            // Exchanging two names, and leaving a marker behind, are not done.
            calls.Fail(unique, Errno.Invalid);
            return;
        }

        calls.Run(unique, ct => handler.RenameAsync(parent, name, newParent, newName, flags == noReplace, ct));

        static (ulong, uint) Take(ref RequestBody body)
        {
            var wire = body.Take<Rename2In>();
            return (wire.NewParent, wire.Flags);
        }
    }

    private void Read(ulong unique, ReadIn wire)
    {
        var answer = new Answer((int)Math.Min(wire.Size, Limits.MaxData));
        calls.Run(
            unique,
            ct => handler.ReadAsync(wire.Handle, (long)wire.Offset, answer.Room, ct),
            (length, to) => to.Length = length,
            answer
        );
    }

    private void ReadDirectory(ulong unique, ReadIn wire, bool wantsAttributes)
    {
        var answer = new Answer((int)Math.Min(wire.Size, Limits.MaxData));
        var page = new DirectoryPage(answer.Room, wantsAttributes);
        calls.Run(
            unique,
            async ct => new Outcome<int>(0, await handler.ReadDirectoryAsync(wire.Handle, wire.Offset, page, ct)),
            (_, to) => to.Length = page.Length,
            answer
        );
    }

    private void Write(ulong unique, ref RequestBody body)
    {
        var wire = body.Take<WriteIn>();
        if (wire.Size > body.Rest.Length)
        {
            throw new InvalidDataException("a write of the kernel ends before its data");
        }

        var bytes = new Answer((int)wire.Size);
        body.Rest[..(int)wire.Size].CopyTo(bytes.Room.Span);
        calls.Run(
            unique,
            async ct =>
            {
                using (bytes)
                {
                    return await handler.WriteAsync(wire.Handle, (long)wire.Offset, bytes.Room, ct);
                }
            },
            AnswerForm.Written
        );
    }

    private void Handle(in InHeader header, ulong handle)
    {
        switch (header.OpCode)
        {
            case OpCode.Flush:
                calls.Run(header.Unique, ct => handler.FlushAsync(handle, ct));
                break;
            case OpCode.Sync:
                calls.Run(header.Unique, ct => handler.SyncAsync(handle, ct));
                break;
            case OpCode.Release:
                handler.Release(handle);
                calls.Fail(header.Unique, Errno.None);
                break;
            default:
                handler.ReleaseDirectory(handle);
                calls.Fail(header.Unique, Errno.None);
                break;
        }
    }

    private void Extended(in InHeader header, ref RequestBody body)
    {
        var (unique, node, room) = (header.Unique, header.Node, body.Take<GetExtendedIn>().Size);
        if (header.OpCode == OpCode.GetExtended)
        {
            if (body.TakeName() is not { } name)
            {
                calls.Fail(unique, Errno.NoData);
                return;
            }

            calls.Run(
                unique,
                async ct => Fit(await handler.GetExtendedAsync(node, name, ct), room),
                AnswerForm.Extended
            );
            return;
        }

        calls.Run(
            unique,
            async ct =>
            {
                var names = await handler.ListExtendedAsync(node, ct);
                return names.Error != Errno.None ? names.Error : Fit(Joined(names.Value ?? []), room);
            },
            AnswerForm.Extended
        );
    }

    private static Outcome<ReadOnlyMemory<byte>> Joined(IReadOnlyList<string> names) =>
        new(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name + '\0'))), Errno.None);

    /// <summary>No room asks for the size alone.</summary>
    private static Outcome<(ReadOnlyMemory<byte>, bool)> Fit(Outcome<ReadOnlyMemory<byte>> value, uint room) =>
        value.Error != Errno.None ? value.Error
        : room > 0 && value.Value.Length > room ? Errno.Range
        : (value.Value, room == 0);
}
