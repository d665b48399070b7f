import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;

/** Serves MongoDB's protocol: {@code Launcher PORT} in memory, {@code Launcher PORT FILE} in a file that survives kill -9. */
public final class Launcher {

    public static void main(String[] arguments) {
        AbstractMongoBackend backend = arguments.length > 1 ? new SyncedBackend(arguments[1]) : new MemoryBackend();
        backend.version(new RecentEnough());
        MongoServer server = new MongoServer(backend);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
        System.out.println("listening");
    }

    /** By itself the server reports wire version 8, which PyMongo refuses. */
    private static final class RecentEnough implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    }

    /** By itself H2 writes once a second, and kill -9 loses what was acknowledged: here a write is answered when it is in the file. */
    private static final class SyncedBackend extends H2Backend {
        private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify", "createindexes",
            "dropindexes", "drop", "dropdatabase", "create", "renamecollection");
        private final MVStore store;

        SyncedBackend(String file) {
            this(new MVStore.Builder().fileName(file).open());
        }

        private SyncedBackend(MVStore store) {
            super(store);
            this.store = store;
        }

        @Override
        public Document handleCommand(Channel channel, String database, String command, Document query) {
            Document reply = super.handleCommand(channel, database, command, query);
            if (WRITES.contains(command.toLowerCase(Locale.ROOT))) {
                store.commit();
            }
            return reply;
        }
    }
}
