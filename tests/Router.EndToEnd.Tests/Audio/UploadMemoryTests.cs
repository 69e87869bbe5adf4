namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>Tests that measure the memory of the whole process, so that no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryTests
{
    public const string Name = "memory";
}

/// <summary>A file on disk is sent from where it is, as often as it must be.</summary>
[Collection(MemoryTests.Name)]
public sealed class UploadMemoryTests : AudioWorld
{
    private const int Long = 20_000_000;
    private const int Most = 1_000_000;

    private const string Busy = """{"error":{"message":"Busy","type":"server_error","code":"server_is_overloaded"} }""";
    private const string Answer = """{"text":"Hello","task":"transcribe","language":"english","duration":2}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_costs_no_memory_also_with_a_failover(bool synchronous)
    {
        await using var busy = UploadServer.Answering(Busy, "503 Service Unavailable");
        await using var answering = UploadServer.Answering(Answer);
        Dictionary<string, string> endpoints = new() { ["OPENAI_BASE_URL"] = busy.Address, ["GROQ_BASE_URL"] = answering.Address };
        await FleetWith(endpoints).Pair.TranscribeAsync(File(10, "warm.mp3"), cancellationToken: Cancellation);
        TranscriptionGroup group = FleetWith(endpoints).Pair;
        MediaFile file = File(Long);
        long sent = busy.Read + answering.Read;
        long before = GC.GetTotalAllocatedBytes(precise: true);

        RoutedTranscription answer = synchronous ? group.Transcribe(file, cancellationToken: Cancellation) : await group.TranscribeAsync(file, cancellationToken: Cancellation);

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal([FailureKind.Overloaded, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.InRange(busy.Read + answering.Read - sent, 2L * Long, 2L * Long + 10_000);
        Assert.InRange(allocated, 0, Most);
    }
}
