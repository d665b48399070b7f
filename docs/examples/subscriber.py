import json
import sqlite3

from kafka import KafkaConsumer

db = sqlite3.connect("my-system.db")
db.execute("CREATE TABLE IF NOT EXISTS seen(source TEXT PRIMARY KEY, sequence TEXT NOT NULL)")
db.execute("CREATE TABLE IF NOT EXISTS pairs(id TEXT PRIMARY KEY, state TEXT NOT NULL)")
IS_NEW = """INSERT INTO seen VALUES(?, ?) ON CONFLICT(source) DO UPDATE SET sequence = excluded.sequence
            WHERE excluded.sequence > seen.sequence"""

consumer = KafkaConsumer(bootstrap_servers="localhost:9092", group_id="my-system", auto_offset_reset="earliest",
                         enable_auto_commit=False, allow_auto_create_topics=False)
consumer.partitions_for_topic("mentoring.pairs.v1")  # knows its partitions before it joins
consumer.subscribe(["mentoring.pairs.v1"])
for record in consumer:
    headers = {name: value.decode() for name, value in record.headers}
    with db:  # effect and memory in one transaction
        if db.execute(IS_NEW, (headers["ce_source"], headers["ce_sequence"])).rowcount:
            pair = json.loads(record.value)
            db.execute("INSERT OR REPLACE INTO pairs VALUES(?, ?)", (pair["pair_id"], pair["state"]))
            print(headers["ce_type"], pair["pair_id"], pair["state"], flush=True)
    consumer.commit()
