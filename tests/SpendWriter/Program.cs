using RouterGen;

// Charges a key and changes accounts for ever, and prints what the store has acknowledged: a test kills it and looks for that.
using PostgreSqlDatabase? database = PostgreSqlDatabase.IsAddress(args[0]) ? new(args[0]) : null;
using SqliteGatewayStore? file = database is null ? new(args[0]) : null;
IGatewayStore store = database is null ? file! : new PostgreSqlGatewayStore(database);
DateTimeOffset start = DateTimeOffset.UnixEpoch;
for (int batch = 0; ; batch++)
{
    var rows = new List<GatewaySpend>();
    for (int i = 0; i < 20; i++)
        rows.Add(new GatewaySpend { Id = $"{args[1]}-{batch}-{i}", At = start.AddSeconds(batch), Cost = 0.000001m, InputTokens = 1, OutputTokens = 2, KeyId = "k", Tags = ["x"], Charges = [new(AccountKind.Key, "k", start)] });
    await store.ChargeAsync(rows, default);
    await store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = $"{args[1]}-{batch}" }, default);
    Console.WriteLine($"{args[1]}-{batch}");
}
