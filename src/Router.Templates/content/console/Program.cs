using RouterGen;

string prompt = args.Length > 0 ? string.Join(' ', args) : "Say hello in one sentence.";
try
{
    RoutedResponse reply = await Models.Chat.CompleteAsync(prompt);
    Console.WriteLine(reply.Text);
    Console.WriteLine($"[{reply.ModelUsed}, {reply.Duration.TotalMilliseconds:F0} ms, ${reply.Cost}]");
    return 0;
}
catch (RoutingException failure)
{
    Console.Error.WriteLine(failure.Message); // each attempt, and each variable that is not set
    return 1;
}
