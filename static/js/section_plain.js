// The page of a section for whoever writes in plain text boxes, and for a section that can't be written in now.

import { PlainBox } from "./editor/plain-box.js";
import { startDesk } from "./modules/desk.js";

startDesk((area) => new PlainBox(area));
