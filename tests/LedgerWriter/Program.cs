using RouterGen;

// Writes entries to a ledger for ever, and prints the numbers of those that the ledger has acknowledged: a test kills it and looks for them.
using PostgreSqlDatabase? database = PostgreSqlDatabase.IsAddress(args[0]) ? new(args[0]) : null;
using SqliteSpendStore? file = database is null ? new(args[0]) : null;
ISpendStore store = database is null ? file! : new PostgreSqlSpendStore(database);
await using var ledger = new SpendLedger(store);
for (int batch = 0; ; batch++)
{
    var ids = new List<string>();
    for (int i = 0; i < 20; i++)
    {
        string id = $"{args[1]}-{batch}-{i}";
        ids.Add(id);
        ledger.Add(new SpendEntry { Id = id, At = DateTimeOffset.UnixEpoch.AddSeconds(batch), Group = "chat", Deployment = "a", Model = "plain/a", Cost = 0.000001m, InputTokens = 1, OutputTokens = 2, Tags = ["x"] });
    }

    await ledger.FlushAsync();
    Console.WriteLine(string.Join(' ', ids));
}
