using Braid.Grpc.Methods;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Connection;

/// <summary>The calls of Pachyderm's pipeline system that commands make.</summary>
internal static class PpsMethods
{
    private const string Service = "pps_v2.API";

    public static readonly GrpcMethod<CreatePipelineV2Request, CreatePipelineV2Response> CreatePipelineV2 = new(
        Service,
        nameof(CreatePipelineV2),
        CallKind.Unary,
        CreatePipelineV2Request.Parser,
        CreatePipelineV2Response.Parser
    );

    public static readonly GrpcMethod<InspectPipelineRequest, PipelineInfo> InspectPipeline = new(
        Service,
        nameof(InspectPipeline),
        CallKind.Unary,
        InspectPipelineRequest.Parser,
        PipelineInfo.Parser
    );

    public static readonly GrpcMethod<ListPipelineRequest, PipelineInfo> ListPipeline = new(
        Service,
        nameof(ListPipeline),
        CallKind.ServerStreaming,
        ListPipelineRequest.Parser,
        PipelineInfo.Parser
    );

    public static readonly GrpcMethod<DeletePipelineRequest, Empty> DeletePipeline = new(
        Service,
        nameof(DeletePipeline),
        CallKind.Unary,
        DeletePipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<StartPipelineRequest, Empty> StartPipeline = new(
        Service,
        nameof(StartPipeline),
        CallKind.Unary,
        StartPipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<StopPipelineRequest, Empty> StopPipeline = new(
        Service,
        nameof(StopPipeline),
        CallKind.Unary,
        StopPipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectJobRequest, JobInfo> InspectJob = new(
        Service,
        nameof(InspectJob),
        CallKind.Unary,
        InspectJobRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<InspectJobSetRequest, JobInfo> InspectJobSet = new(
        Service,
        nameof(InspectJobSet),
        CallKind.ServerStreaming,
        InspectJobSetRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<ListJobRequest, JobInfo> ListJob = new(
        Service,
        nameof(ListJob),
        CallKind.ServerStreaming,
        ListJobRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<ListJobSetRequest, JobSetInfo> ListJobSet = new(
        Service,
        nameof(ListJobSet),
        CallKind.ServerStreaming,
        ListJobSetRequest.Parser,
        JobSetInfo.Parser
    );

    public static readonly GrpcMethod<StopJobRequest, Empty> StopJob = new(
        Service,
        nameof(StopJob),
        CallKind.Unary,
        StopJobRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<DeleteJobRequest, Empty> DeleteJob = new(
        Service,
        nameof(DeleteJob),
        CallKind.Unary,
        DeleteJobRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectDatumRequest, DatumInfo> InspectDatum = new(
        Service,
        nameof(InspectDatum),
        CallKind.Unary,
        InspectDatumRequest.Parser,
        DatumInfo.Parser
    );

    public static readonly GrpcMethod<ListDatumRequest, DatumInfo> ListDatum = new(
        Service,
        nameof(ListDatum),
        CallKind.ServerStreaming,
        ListDatumRequest.Parser,
        DatumInfo.Parser
    );

    public static readonly GrpcMethod<GetLogsRequest, LogMessage> GetLogs = new(
        Service,
        nameof(GetLogs),
        CallKind.ServerStreaming,
        GetLogsRequest.Parser,
        LogMessage.Parser
    );

    public static readonly GrpcMethod<Empty, Empty> DeleteAll = new(
        Service,
        nameof(DeleteAll),
        CallKind.Unary,
        Empty.Parser,
        Empty.Parser
    );
}
