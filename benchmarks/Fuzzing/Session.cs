using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RouterGen.Fuzzing;

/// <summary>Replays the corpus of a target, and then looks for inputs that run code which no input before them ran.</summary>
internal sealed class Session(Target target, SessionOptions options)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(10);

    private static readonly Target[] Targets =
    [
        new SseTarget(),
        new EventStreamTarget(),
        new ReplyTarget("openai-reply", Dialects.OpenAI, Dialects.OpenAIReplies),
        new StreamTarget("openai-stream", Dialects.OpenAI, Dialects.OpenAIStreams),
        new ReplyTarget("responses-reply", Dialects.Responses, Dialects.ResponsesReplies),
        new StreamTarget("responses-stream", Dialects.Responses, Dialects.ResponsesStreams),
        new ReplyTarget("anthropic-reply", Dialects.Anthropic, Dialects.AnthropicReplies),
        new StreamTarget("anthropic-stream", Dialects.Anthropic, Dialects.AnthropicStreams),
        new ReplyTarget("gemini-reply", Dialects.Gemini, Dialects.GeminiReplies),
        new StreamTarget("gemini-stream", Dialects.Gemini, Dialects.GeminiStreams),
        new ReplyTarget("converse-reply", Dialects.Converse, Dialects.ConverseReplies),
        new StreamTarget("converse-stream", Dialects.Converse, Dialects.ConverseStreams, Dialects.OpenAI.Framing),
        new ReplyTarget("cohere-reply", Dialects.Cohere, Dialects.CohereReplies),
        new StreamTarget("cohere-stream", Dialects.Cohere, Dialects.CohereStreams),
        new ReplyTarget("ollama-reply", Dialects.Ollama, Dialects.OllamaReplies),
        new StreamTarget("ollama-stream", Dialects.Ollama, Dialects.OllamaStreams),
        new JsonTarget(),
        new PriceMapTarget(),
        new ModelsTarget("models", ModelsTarget.Models),
        new ModelsTarget("litellm", ModelsTarget.LiteLLM),
        new GatewayTarget("gateway-chat", GatewaySeeds.Chat),
        new GatewayTarget("gateway-responses", GatewaySeeds.Responses),
        new GatewayTarget("gateway-messages", GatewaySeeds.Messages),
        new GatewayTarget("gateway-kinds", GatewaySeeds.Kinds),
    ];

    private readonly Corpus _corpus = new(target.Name);
    private readonly Coverage _coverage = new();
    private readonly Mutator _mutator = new(options.Seed);
    private readonly List<byte[]> _inputs = []; // each of which ran something new

    /// <summary>Runs the targets that are asked for.</summary>
    /// <returns>The exit code: 0 where no input broke one.</returns>
    public static int RunAll(string[] args)
    {
        SessionOptions options = SessionOptions.Read(args);
        string[] unknown = [.. options.Targets.Except(Targets.Select(static target => target.Name))];
        if (unknown.Length > 0)
        {
            Console.WriteLine($"There is no target '{unknown[0]}'. There are: {string.Join(", ", Targets.Select(static target => target.Name))}.");
            return 2;
        }

        int broken = Targets.Where(target => options.Targets.Length == 0 || options.Targets.Contains(target.Name)).Count(target => !new Session(target, options).Run());
        Console.WriteLine(broken == 0 ? "No input broke a target." : $"{broken} targets were broken.");
        return broken == 0 ? 0 : 1;
    }

    /// <returns>Whether the target held.</returns>
    private bool Run()
    {
        Console.Write($"{target.Name}: "); // before it runs: an overflow of the stack ends the process
        List<byte[]> start = [.. _corpus.Read(), .. target.SeedBytes];
        foreach (byte[] input in start)
        {
            if (!Try(input)) return false;
        }

        int known = _coverage.Pairs;
        var watch = Stopwatch.StartNew();
        int runs = 0;
        for (; runs < options.Runs && watch.Elapsed < options.Longest; runs++)
        {
            if (!Try(_mutator.Mutate(_inputs))) return false;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{start.Count} inputs replayed, {runs} new ones in {watch.Elapsed.TotalSeconds:F1} s; {known} branches known, {_coverage.Pairs - known} found"));
        if (options.Keeps) _corpus.Replace(_inputs.Select(input => (input, BranchesOf(input))));
        return true;
    }

    /// <summary>Runs an input, learns from one that runs something new, and reports one that breaks the target.</summary>
    private bool Try(byte[] input)
    {
        if (Break(input, out bool isNew) is { } exception)
        {
            byte[] smallest = exception is TimeoutException ? input : Smallest(input, exception); // each try would wait
            Console.WriteLine($"broken by {_corpus.AddBreaking(smallest)}: {Encoding.UTF8.GetString(smallest)}");
            Console.WriteLine(Break(smallest, out _));
            return false;
        }

        if (isNew)
        {
            _inputs.Add(input);
            _mutator.Learn(input);
        }

        return true;
    }

    /// <summary>Runs an input. One that does not come to an end ends the process.</summary>
    /// <returns>What was thrown, if anything.</returns>
    private Exception? Break(byte[] input, out bool isNew)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime; // on a busy machine a short run may take long
        using var hangs = new Timer(
            _ =>
            {
                if (Environment.CpuUsage.TotalTime - before < LongestRun) return;
                Console.WriteLine($"no end after {LongestRun.TotalSeconds} s of processor time: {_corpus.AddBreaking(input)}");
                Environment.Exit(1);
            },
            null, LongestRun, LongestRun);
        _coverage.Begin();
        try
        {
            target.Run(input);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            isNew = _coverage.End();
        }
    }

    private int[] BranchesOf(byte[] input)
    {
        Break(input, out _);
        return _coverage.Last;
    }

    /// <summary>Takes pieces out of an input for as long as it breaks the target at the same place, and it does not take too long.</summary>
    private byte[] Smallest(byte[] input, Exception exception)
    {
        var watch = Stopwatch.StartNew();
        for (int size = input.Length / 2; size > 0 && watch.Elapsed < LongestRun; size /= 2)
        {
            for (int at = 0; at + size <= input.Length && watch.Elapsed < LongestRun;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + size)];
                if (Break(shorter, out _) is { } other && PlaceOf(other) == PlaceOf(exception)) input = shorter;
                else at += size;
            }
        }

        return input;

        static string PlaceOf(Exception exception) => exception.GetType() + string.Concat(exception.StackTrace!.Split('\n').Take(2));
    }
}
