import { addTexts } from './index';
import en from './reviews.en.json';
import es from './reviews.es.json';

addTexts({ en, es });
